import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';
import { createLinks, type Links } from '#channels/links';
import { createHandler as createJudge } from '#functions/messages/judge-click/handler';
import { record as judgeRecord } from '#functions/messages/judge-click/record';
import { createContexts, localSettings } from '#infra/local/contexts';
import { createDynamo } from '#infra/local/dynamodb/engine';
import { createSecretsManager } from '#infra/local/secretsmanager/engine';
import { createSecrets } from '#infra/local/secretsmanager/secrets';
import { openDatabase } from '#infra/local/sqlite/database';
import { createTables } from '#infra/local/tables';
import { createVirtualClock } from '#infra/local/time/clock';
import type { Execute } from '#infra/local/wire/model';
import type { Seam } from '#infra/local/wire/seams';
import { iso } from '#kernel/clock';
import { runId, sendId } from '#kernel/ids';
import { type Contact, emptyContact } from '#model/contact';
import { putClient } from '#store/catalogue/client';
import { copyLinkKeys } from '#store/catalogue/copy-keys';
import { getContact, newContactWrite } from '#store/contacts/contacts';
import { type HistoryItem, history } from '#store/contacts/events';
import { main } from '#store/keys';
import { openStore, type Store } from '#store/store';
import { transact } from '#store/table';
import { aClient } from '#test/builders/message-order';
import { dynamo } from './stage/grants.ts';

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body?: string;
  isBase64Encoded?: boolean;
}
interface Asked {
  method?: 'GET' | 'POST' | 'HEAD';
  headers?: Record<string, string>;
  body?: string;
}
interface Entry {
  record: FunctionRecord;
  createHandler: (context: FunctionContext) => LambdaHandler;
}

type Broken = 'refuse' | 'hang';

/** A contact with a mail that was sent, in the embedded store; each function may do what its record grants. */
export interface ReaderWorld {
  store: Store;
  links: Links;
  contactId: string;
  sendId: string;
  /** Calls the function as API Gateway would, at the address of a link. */
  ask(entry: Entry, link: string, asked?: Asked): Promise<Answer>;
  contact(): Promise<Contact | undefined>;
  events(): Promise<Extract<HistoryItem, { kind: 'event' }>[]>;
  /** Clicks that were held are judged afterwards. */
  pass(seconds: number, how?: { judge?: boolean; times?: number }): Promise<void>;
  /** From now on nothing in the store answers. */
  breakStore(how?: Broken): void;
  /** The same of the second home of the link keys. */
  breakSecondHome(how?: Broken): void;
  healStore(): void;
  healSecondHome(): void;
  /** What a function is handed. */
  context(record: FunctionRecord): FunctionContext;
  /** Every line, as text. */
  logs: string[];
  /** Every function starts anew at its next call. */
  restart(): void;
  close(): Promise<void>;
}

const everything: FunctionRecord = {
  name: 'test',
  room: 'messages',
  description: '',
  triggers: [],
  grants: [
    { on: 'link-keys', actions: ['secretsmanager:PutSecretValue'] },
    { on: 'main', actions: dynamo },
    { on: 'catalogue', actions: dynamo },
  ],
  timeoutSeconds: 1,
  memoryMegabytes: 1,
};

const contactId = 'c'.repeat(20);
const run = runId(contactId, 'welcome');
const send = sendId(run, 'hello', 1, 'email');

const fill = async (store: Store, changes: Partial<Contact>): Promise<void> => {
  const at = iso(store.clock.now());
  const given = { given: true, at, source: 'form:demo' };
  const contact = {
    ...emptyContact(contactId, at),
    fields: { email: 'ada@example.com' },
    consent: { email: given },
    ...changes,
  };
  await transact(store.dynamodb, [newContactWrite(store, contact, [])]);
  await putClient(store, { ...aClient(), topics: { news: { name: 'Product <news>' } } });
  const about = {
    id: send,
    contact: contactId,
    run,
    journey: 'welcome',
    version: 1,
    step: 'hello',
    visit: 1,
  };
  await store.main.put({
    ...main.send(contactId, send),
    kind: 'send',
    ...about,
    channel: 'email',
    at,
    status: 'sent',
    sentAt: at,
  });
};

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const gatewayEvent = (entry: Entry, link: string, { method = 'GET', headers = {}, body }: Asked) => {
  const path = new URL(link).pathname;
  const trigger = entry.record.triggers.find((t) => t.kind === 'http');
  return {
    version: '2.0',
    routeKey: `${method} ${trigger?.kind === 'http' ? trigger.path : ''}`,
    rawPath: path,
    rawQueryString: '',
    headers: { 'user-agent': browser, ...headers },
    pathParameters: { token: path.slice(3) },
    requestContext: { requestId: 'request', http: { method, path } },
    ...(body === undefined ? {} : { body, isBase64Encoded: false }),
  };
};

const breakable = (whole: Execute) => {
  let broken: Broken | undefined;
  const execute: Execute = async (operation, input, options) => {
    if (broken === 'hang') await new Promise(() => {});
    if (broken === 'refuse') throw new Error('it is away');
    return whole(operation, input, options);
  };
  return {
    execute,
    break(how: Broken = 'refuse') {
      broken = how;
    },
    heal() {
      broken = undefined;
    },
  };
};

export const createReaderWorld = async (
  changes: Partial<Contact> = {},
  { topic, seam = 'direct' }: { topic?: string; seam?: Seam } = {},
): Promise<ReaderWorld> => {
  const db = openDatabase(':memory:');
  const clock = createVirtualClock(Date.UTC(2026, 2, 1, 9));
  const dynamo = createDynamo({ db, clock });
  const dynamodb = breakable((operation, input, options) =>
    dynamo.execute(operation as 'GetItem', input as never, options),
  );
  const nothing: Execute = () => Promise.reject(new Error('not here'));
  const settings = localSettings(aClient(), 'https://t.acme.example');
  await createTables(dynamodb.execute, settings);
  const { region, account } = settings;
  const secretsmanager = breakable(createSecretsManager({ db, clock, region, account }));
  await createSecrets(secretsmanager.execute, settings);
  const held: unknown[] = [];
  const sfn: Execute = async (operation, input) => {
    if (operation !== 'StartExecution') return nothing(operation, input);
    held.push(JSON.parse((input as { input: string }).input));
    return {
      executionArn: 'arn:aws:states:eu-central-1:111122223333:execution:clicks:click',
      startDate: new Date(clock.now()),
    };
  };
  const services = {
    ...{ dynamodb: dynamodb.execute, secretsmanager: secretsmanager.execute },
    ...{ sfn, ses: nothing, sns: nothing },
  };
  const logs: string[] = [];
  const note = (event: string, fields?: object) => void logs.push(`${event} ${JSON.stringify(fields)}`);
  const contextOf = createContexts({
    services,
    settings,
    clock,
    seam,
    logFor: () => ({ info: note, warn: note, error: note }),
    endpoints: {},
  });
  const store = openStore(contextOf(everything));
  await fill(store, changes);
  await copyLinkKeys(store, contextOf(everything));
  const { links: keys } = await store.keys();
  const handlers = new Map<Entry, LambdaHandler>();
  return {
    store,
    contactId,
    sendId: send,
    links: createLinks(keys, settings.baseUrl, {
      sendId: send,
      channel: 'email',
      madeAt: clock.now(),
      ...(topic ? { topic } : {}),
    }),
    async ask(entry, link, asked = {}) {
      const handler = handlers.get(entry) ?? entry.createHandler(contextOf(entry.record));
      handlers.set(entry, handler);
      return (await handler(gatewayEvent(entry, link, asked))) as Answer;
    },
    contact: () => getContact(store, contactId),
    events: async () =>
      (await history(store, contactId)).filter(
        (item): item is Extract<HistoryItem, { kind: 'event' }> => item.kind === 'event',
      ),
    async pass(seconds, { judge: judges = true, times = 1 } = {}) {
      await clock.advanceTo(clock.now() + seconds * 1000, async () => {});
      const judge = createJudge(contextOf(judgeRecord));
      for (const order of judges ? held.splice(0) : []) for (let i = 0; i < times; i++) await judge(order);
    },
    breakStore: dynamodb.break,
    breakSecondHome: secretsmanager.break,
    healStore: dynamodb.heal,
    healSecondHome: secretsmanager.heal,
    restart: () => handlers.clear(),
    ...{ context: contextOf, logs },
    close: () => db.close(),
  };
};
