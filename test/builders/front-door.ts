import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';
import { createContexts, localSettings } from '#infra/local/contexts';
import { createDynamo } from '#infra/local/dynamodb/engine';
import { createMail } from '#infra/local/mail/mail';
import type { Accepted } from '#infra/local/mail/outbox';
import { createPlayedWeb, type PlayedWeb } from '#infra/local/played-web';
import { createSecretsManager } from '#infra/local/secretsmanager/engine';
import { createSecrets } from '#infra/local/secretsmanager/secrets';
import { openDatabase } from '#infra/local/sqlite/database';
import { createTables } from '#infra/local/tables';
import { createVirtualClock, type WorldClock } from '#infra/local/time/clock';
import type { Execute } from '#infra/local/wire/model';
import type { Contact } from '#model/contact';
import { type FormSource, formSchema } from '#model/form';
import { normaliseEmail } from '#policy/contacts/identity';
import { putClient } from '#store/catalogue/client';
import { putDocument } from '#store/catalogue/documents';
import { saveToken } from '#store/catalogue/tokens';
import { getContact } from '#store/contacts/contacts';
import { history, type StoredEvent } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { openStore, type Store } from '#store/store';
import { aClient } from '#test/builders/message-order';
import { mustBeForeseen } from './foreseen.ts';
import { aGatewayEvent, type GivenRequest } from './http-request.ts';
import { dynamo } from './stage/grants.ts';

interface Entry {
  record: FunctionRecord;
  createHandler: (context: FunctionContext) => LambdaHandler;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  /** As it went out. */
  text: string;
  /** Read as JSON where it is some. */
  json: Record<string, unknown>;
}

export type Call = (asked?: GivenRequest) => Promise<Reply>;

/** The embedded store with a client in it, and functions that may do what their records grant. */
export interface FrontDoor {
  store: Store;
  clock: WorldClock;
  /** Other people's servers, played. */
  web: PlayedWeb;
  context(record: FunctionRecord): FunctionContext;
  /** Asks a function as API Gateway does. */
  open(entry: Entry): Call;
  /** What was asked of DynamoDB since the last call of this, and what was logged. */
  taken(): string[];
  logs: string[];
  /** What SNS took on, and SNS itself. */
  outbox(): Accepted[];
  sns: Execute;
  contactOf(email: string): Promise<Contact | undefined>;
  events(contact: string): Promise<StoredEvent[]>;
  close(): Promise<void>;
}

export const adminToken = 'front-door-test-token';
export const writeKey = 'wk_acme';
export const demoForm: FormSource = {
  name: 'Demo request',
  fields: {
    email: { type: 'email', required: true, label: 'E-mail' },
    firstName: { type: 'text' },
    phone: { type: 'phone' },
    companySize: { type: 'number' },
  },
  consent: { field: 'consent', value: 'yes', channel: 'email', text: 'You may write to me.' },
  origins: ['https://www.acme.example'],
  thanks: 'https://www.acme.example/thanks',
  honeypot: 'website',
  tags: ['demo'],
  addScore: 5,
};

/** SNS platform applications. */
const apps = {
  ios: 'arn:aws:sns:eu-central-1:111122223333:app/APNS/acme-ios',
  android: 'arn:aws:sns:eu-central-1:111122223333:app/GCM/acme-android',
};

const everything: FunctionRecord = {
  name: 'test',
  room: 'ingest',
  description: '',
  triggers: [],
  grants: (['main', 'catalogue', 'audit'] as const).map((on) => ({ on, actions: dynamo })),
  timeoutSeconds: 1,
  memoryMegabytes: 1,
};

const readReply = (answer: { statusCode: number; headers: Record<string, string>; body?: string }): Reply => {
  const text = answer.body ?? '';
  const isJson = /json/.test(answer.headers['content-type'] ?? '');
  return { status: answer.statusCode, headers: answer.headers, text, json: isJson ? JSON.parse(text) : {} };
};

export const openFrontDoor = async (
  forms: Record<string, FormSource> = { demo: demoForm },
): Promise<FrontDoor> => {
  const db = openDatabase(':memory:');
  const clock = createVirtualClock(Date.UTC(2026, 2, 1, 9));
  const dynamo = createDynamo({ db, clock });
  const operations: string[] = [];
  const logs: string[] = [];
  const dynamodb: Execute = (operation, input, options) => {
    operations.push(operation);
    return dynamo.execute(operation as 'GetItem', input as never, options);
  };
  const nothing: Execute = () => Promise.reject(new Error('not here'));
  const client = { ...aClient(), writeKeys: [writeKey], origins: ['https://www.acme.example'] };
  client.channels = { ...client.channels, sms: { country: 'DE' }, push: { apps } };
  const mail = createMail({
    ...{ db, clock, region: client.region, account: client.account },
    applications: Object.values(apps),
  });
  const secretsmanager = createSecretsManager({
    ...{ db, clock },
    region: client.region,
    account: client.account,
  });
  const settings = localSettings(client, 'https://t.acme.example');
  await createTables(dynamodb, settings);
  await createSecrets(secretsmanager, settings);
  const note = (level: string) => (event: string, fields?: object) =>
    void logs.push(`${level} ${event} ${JSON.stringify(fields)}`);
  const web = createPlayedWeb();
  const context = createContexts({
    services: { dynamodb, secretsmanager, sfn: nothing, ses: nothing, sns: mail.sns },
    settings,
    clock,
    seam: 'direct',
    web,
    logFor: () => ({ info: note('info'), warn: note('warn'), error: note('error') }),
    endpoints: {},
  });
  const store = openStore(context(everything));
  await putClient(store, client);
  await saveToken(store, adminToken, 'test');
  // As a deployment does: functions that only verify must find the keys.
  await store.keys();
  for (const [id, form] of Object.entries(forms))
    await putDocument(store, 'form', id, formSchema.parse(form), { owner: 'folder' });
  return {
    store,
    clock,
    context,
    web,
    logs,
    open({ record, createHandler }) {
      const handler = createHandler(context(record));
      return async (asked = {}) => {
        const event = aGatewayEvent(asked);
        const reply = readReply((await handler(event)) as never);
        mustBeForeseen(event.routeKey, reply.status, reply.text);
        return reply;
      };
    },
    taken: () => operations.splice(0),
    outbox: () => mail.outbox.list(),
    sns: mail.sns,
    async contactOf(email) {
      const id = await findContactId(store, { kind: 'email', value: normaliseEmail(email) ?? '' });
      return id === undefined ? undefined : getContact(store, id);
    },
    events: async (contact) =>
      (await history(store, contact)).filter(
        (item): item is Extract<typeof item, { kind: 'event' }> => item.kind === 'event',
      ),
    close: () => db.close(),
  };
};
