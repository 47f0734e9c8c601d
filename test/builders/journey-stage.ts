import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';
import { createHandler as endRun } from '#functions/journeys/end-run/handler';
import { record as endRunRecord } from '#functions/journeys/end-run/record';
import { createHandler as hearEvent } from '#functions/journeys/hear-event/handler';
import { record as hearEventRecord } from '#functions/journeys/hear-event/record';
import { saveDraft } from '#functions/journeys/publishing/draft';
import { publish } from '#functions/journeys/publishing/publish';
import type { StoredTemplate } from '#functions/journeys/publishing/stored-template';
import { namesIn } from '#functions/journeys/publishing/uses';
import { createHandler as runStep } from '#functions/journeys/run-step/handler';
import { record as runStepRecord } from '#functions/journeys/run-step/record';
import { openServices } from '#functions/journeys/services';
import { readClientFolder } from '#infra/client-folder';
import { createVirtualClock } from '#infra/local/clock';
import { createContexts, localSettings } from '#infra/local/contexts';
import { createDynamo } from '#infra/local/dynamodb/engine';
import { createMail } from '#infra/local/mail/mail';
import { createPlayedWeb } from '#infra/local/played-web';
import { openDatabase } from '#infra/local/sqlite/database';
import { createStepFunctions } from '#infra/local/stepfunctions/engine';
import { createTables } from '#infra/local/tables';
import type { Services } from '#infra/local/wire/model';
import { iso } from '#kernel/clock';
import { durationMs } from '#kernel/durations';
import { newId } from '#kernel/ids';
import { clientSchema } from '#model/client';
import { type Contact, emptyContact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import type { JourneyRecord } from '#model/journey';
import type { Journey, Step } from '#statemachines/document/schema';
import { putClient } from '#store/catalogue/client';
import { putDocument } from '#store/catalogue/documents';
import { readJourney } from '#store/catalogue/journeys';
import { saveToken } from '#store/catalogue/tokens';
import { contactOfItem, newContactWrite } from '#store/contacts/contacts';
import { eventOfItem, eventWrite, type StoredEvent } from '#store/contacts/events';
import { main } from '#store/keys';
import { runOfItem } from '#store/runs/runs';
import { stepOfItem } from '#store/runs/steps';
import { sendOfItem } from '#store/sends/sends';
import { openStore } from '#store/store';
import { transact } from '#store/table';
import { aGatewayEvent, type GivenRequest } from '#test/builders/http-request';
import { journeyOf } from './journeys.ts';

export type Handlers = Record<
  string,
  { record: FunctionRecord; createHandler: (context: FunctionContext) => LambdaHandler }
>;

/** What our functions of the journeys room need to live; others are added by name. */
const usual: Handlers = {
  'run-step': { record: runStepRecord, createHandler: runStep },
  'hear-event': { record: hearEventRecord, createHandler: hearEvent },
  'end-run': { record: endRunRecord, createHandler: endRun },
};

/**
 * The embedded services without the world around them: the test itself brings the stream's records to
 * `hear-event` and moves the clock, so that it can stand between any two of them.
 */
export const openStage = async (
  start = '2026-03-02T10:00:00.000Z',
  more: Handlers = {},
  random?: () => number,
) => {
  const db = openDatabase(':memory:');
  const clock = createVirtualClock(Date.parse(start));
  const client = clientSchema.parse(readClientFolder('acme').client);
  const settings = localSettings(client, 'https://acme.test');
  const dynamo = createDynamo({ db, clock });
  const mail = createMail({ db, clock, region: client.region, account: client.account });
  const sabotage: Sabotage = {};
  const handlers = new Map<string, LambdaHandler>();
  const invoke = async (name: string, event: unknown): Promise<unknown> => {
    const short = name.replace(/^wayleaf-acme-/, '');
    return handlers.get(short)?.(JSON.parse(JSON.stringify(event)));
  };
  const stepFunctions = createStepFunctions({
    db,
    clock,
    invoke,
    ...(random ? { random } : {}),
    region: client.region,
    account: client.account,
    statuses: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
    onStatusChange: async (change) => {
      await invoke('end-run', change);
    },
  });
  const services = sabotaged(
    {
      dynamodb: (operation, input, options) =>
        dynamo.execute(operation as 'GetItem', input as never, options),
      sfn: (operation, input) => stepFunctions.execute(operation, input as object),
      ses: mail.ses,
      sns: mail.sns,
    },
    sabotage,
  );
  await createTables(services.dynamodb, settings);
  for (const team of ['sales', 'support'])
    await mail.sns('CreateTopic', { Name: `wayleaf-acme-team-${team}` });
  const log: { level: string; event: string; fields?: Record<string, unknown> | undefined }[] = [];
  const write = (level: string) => (event: string, fields?: Record<string, unknown>) =>
    void log.push({ level, event, fields });
  const web = createPlayedWeb();
  const contextFor = createContexts({
    services,
    settings,
    clock,
    seam: 'direct',
    endpoints: {},
    web,
    logFor: () => ({ info: write('info'), warn: write('warn'), error: write('error') }),
  });
  const handed = { ...usual, ...more };
  for (const [name, { record, createHandler }] of Object.entries(handed))
    handlers.set(name, createHandler(contextFor(record)));
  const unrestricted: FunctionRecord = { ...runStepRecord, grants: everything };
  const context = contextFor(unrestricted);
  const store = openStore(context);
  await putClient(store, client);
  await saveToken(store, adminToken, 'test');

  let isClosed = false;
  let read = '';
  const undelivered = () => {
    const records = dynamo.readStream(settings.mainTable, read, 1_000);
    read = records.at(-1)?.dynamodb?.SequenceNumber ?? read;
    return records.filter(
      (record) => record.eventName === 'INSERT' && record.dynamodb?.Keys?.sk?.S?.startsWith('E#'),
    );
  };
  const hear = (records: readonly unknown[]) => invoke('hear-event', { Records: records });
  /** Brings what is in the stream, and lets the machines run until nothing can happen. */
  const settle = async (): Promise<void> => {
    await stepFunctions.idle();
    for (let records = undelivered(); records.length > 0; records = undelivered()) {
      await hear(wire(records));
      await stepFunctions.idle();
    }
  };

  return {
    ...{
      db,
      clock,
      client,
      settings,
      store,
      context,
      services,
      stepFunctions,
      mail,
      invoke,
      log,
      sabotage,
      web,
    },
    ...{ settle, undelivered: () => wire(undelivered()), hear, dynamo },
    async advance(duration: string): Promise<void> {
      await clock.advanceTo(clock.now() + durationMs(duration), settle);
    },
    /** The next version of a journey, with a plain mail for each template it names. */
    async publish(document: Journey): Promise<JourneyRecord> {
      const services = openServices(context);
      for (const id of namesIn(document.steps, 'template'))
        await putDocument(store, 'template', id, plainMail(id), { owner: 'api' });
      const text = JSON.stringify(document);
      const before = await readJourney(store, document.id);
      const record = await saveDraft(services, before, { text, document, owner: 'api' });
      await services.catalogue.renew();
      return publish(services, { record, text, document });
    },
    async contact(members: Partial<Contact> = {}): Promise<Contact> {
      const now = iso(clock.now());
      const contact: Contact = {
        ...emptyContact(newId(), now),
        fields: { email: `${newId()}@example.com`, phone: '+4915112345678', firstName: 'Ada' },
        consent: {
          email: { given: true, at: now, source: 'test' },
          sms: { given: true, at: now, source: 'test' },
        },
        ...members,
      };
      await transact(store.dynamodb, [newContactWrite(store, contact, [])]);
      return contact;
    },
    async event(contact: Contact, members: Partial<ContactEvent> = {}): Promise<StoredEvent> {
      const now = iso(clock.now());
      const event: ContactEvent = {
        ...{ id: newId(), contact: contact.id, type: 'track', name: 'Signed Up', at: now, happenedAt: now },
        ...{ properties: {}, depth: 0, state: 'accepted' },
        ...members,
      };
      await transact(store.dynamodb, [eventWrite(store, event)]);
      return event;
    },
    /** A contact that entered the journey of these steps, as far as it goes by itself. */
    async enter(
      steps: Step[],
      members: Partial<Journey> = {},
      contact: Partial<Contact> = {},
    ): Promise<Contact> {
      await this.publish(journeyOf(steps, members));
      const entered = await this.contact(contact);
      await this.event(entered);
      await settle();
      return entered;
    },
    async items(contact: Contact) {
      const all = await store.main.query({ pk: main.contactPk(contact.id) });
      const ofKind = (kind: string) => all.filter((item) => item.kind === kind);
      return {
        profile: contactOfItem(ofKind('profile')[0] ?? {}, clock.now()),
        runs: ofKind('run').map(runOfItem),
        steps: ofKind('step').map(stepOfItem),
        sends: ofKind('send').map(sendOfItem),
        events: ofKind('event').map(eventOfItem),
        all,
      };
    },
    outbox: () => mail.outbox.list(),
    /** One request of an administrator, to a function that was handed to `openStage`. */
    async ask(name: string, { method = 'POST', path = '/', body, ...given }: GivenRequest) {
      const route = routeOf(handed[name]?.record, method, path);
      const event = aGatewayEvent({
        ...{ method, path, ...route },
        headers: {
          authorization: `Bearer ${adminToken}`,
          'content-type': 'application/json',
          ...given.headers,
        },
        ...(body === undefined ? {} : { body }),
      });
      const answer = (await invoke(name, event)) as {
        statusCode: number;
        headers: Record<string, string>;
        body?: string;
      };
      const isJson = answer.headers['content-type']?.includes('json');
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body ?? '',
        json: (isJson ? JSON.parse(answer.body ?? 'null') : {}) as Answer,
      };
    },
    close(): void {
      if (isClosed) return;
      isClosed = true;
      stepFunctions.close();
      dynamo.stop();
      void db.close();
    },
  };
};
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Called before (and able to stand for) each call of a service; throws to let the caller fall there. */
export interface Sabotage {
  before?: ((service: string, operation: string, input: unknown) => void | Promise<void>) | undefined;
  after?: ((service: string, operation: string, input: unknown) => void | Promise<void>) | undefined;
}

const sabotaged = (services: Services, sabotage: Sabotage): Services =>
  Object.fromEntries(
    Object.entries(services).map(([name, execute]) => [
      name,
      async (operation: string, input: unknown, options: undefined) => {
        await sabotage.before?.(name, operation, input);
        const output = await execute(operation, input, options);
        await sabotage.after?.(name, operation, input);
        return output;
      },
    ]),
  ) as unknown as Services;

/** The members that tests look at. */
interface Answer {
  code?: string;
  issues?: { code: string; path: string }[];
  status?: unknown;
  version?: number;
  [member: string]: unknown;
}

const adminToken = 'an-administrators-token';

/** The route of a record that a path fits, as API Gateway finds it. */
const routeOf = (record: FunctionRecord | undefined, method: string, path: string) => {
  for (const trigger of record?.triggers ?? []) {
    if (trigger.kind !== 'http' || trigger.method !== method) continue;
    const pattern = trigger.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)').replaceAll('.', '\\.');
    const found = new RegExp(`^${pattern}$`).exec(path);
    if (found) return { route: `${method} ${trigger.path}`, parameters: { ...found.groups } };
  }
  throw new Error(`no route ${method} ${path}`);
};

const plainMail = (id: string): StoredTemplate => {
  const content = { subject: `About ${id}`, text: 'Hello {{ contact.firstName }}. {{ links.unsubscribe }}' };
  return {
    source: { channel: 'email', ...content },
    compiled: { id, channel: 'email', ...content },
  };
};

/** As Lambda hands it over: JSON, bytes in base64. */
const wire = (records: readonly unknown[]): unknown[] =>
  JSON.parse(
    JSON.stringify(records, (_, value) =>
      value?.type === 'Buffer' || value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );

const dynamo = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
] as const;
const everything: FunctionRecord['grants'] = [
  { on: 'main', actions: dynamo },
  { on: 'catalogue', actions: dynamo },
  {
    on: 'machines',
    actions: [
      'states:CreateStateMachine',
      'states:UpdateStateMachine',
      'states:PublishStateMachineVersion',
      'states:StartExecution',
    ],
  },
  {
    on: 'executions',
    actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:DescribeExecution'],
  },
  { on: 'machine-role', actions: ['iam:PassRole'] },
];
