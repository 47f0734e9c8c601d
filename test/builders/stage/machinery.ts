import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';
import { readClientFolder } from '#infra/client-folder';
import { createContexts, localSettings } from '#infra/local/contexts';
import { createDynamo } from '#infra/local/dynamodb/engine';
import { createMail } from '#infra/local/mail/mail';
import { createPlayedWeb } from '#infra/local/played-web';
import { createSecretsManager } from '#infra/local/secretsmanager/engine';
import { createSecrets } from '#infra/local/secretsmanager/secrets';
import { openDatabase } from '#infra/local/sqlite/database';
import { createStepFunctions } from '#infra/local/stepfunctions/engine';
import { createTables } from '#infra/local/tables';
import { createVirtualClock } from '#infra/local/time/clock';
import { clientSchema } from '#model/client';
import { type Sabotage, sabotaged } from './sabotage.ts';

export type Handlers = Record<
  string,
  { record: FunctionRecord; createHandler: (context: FunctionContext) => LambdaHandler }
>;

export interface MachineryOptions {
  /** ISO */
  start: string;
  handlers: Handlers;
  random?: (() => number) | undefined;
}

/** The embedded services, and functions that they call; nothing moves by itself. */
export const openMachinery = async ({ start, handlers: handed, random }: MachineryOptions) => {
  const db = openDatabase(':memory:');
  const clock = createVirtualClock(Date.parse(start));
  const client = clientSchema.parse(readClientFolder('acme').client);
  const { region, account } = client;
  const settings = localSettings(client, 'https://acme.test');
  const dynamo = createDynamo({ db, clock });
  const mail = createMail({ db, clock, region, account });
  const handlers = new Map<string, LambdaHandler>();
  const invoke = async (name: string, event: unknown): Promise<unknown> =>
    handlers.get(name.replace(/^wayleaf-acme-/, ''))?.(JSON.parse(JSON.stringify(event)));
  const stepFunctions = createStepFunctions({
    ...{ db, clock, invoke, region, account, ...(random ? { random } : {}) },
    statuses: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
    onStatusChange: async (change) => void (await invoke('end-run', change)),
  });
  const sabotage: Sabotage = {};
  const services = sabotaged(
    {
      dynamodb: (operation, input, options) =>
        dynamo.execute(operation as 'GetItem', input as never, options),
      secretsmanager: createSecretsManager({ db, clock, region, account }),
      sfn: (operation, input) => stepFunctions.execute(operation, input as object),
      ses: mail.ses,
      sns: mail.sns,
    },
    sabotage,
  );
  await createTables(services.dynamodb, settings);
  await createSecrets(services.secretsmanager, settings);
  for (const team of ['sales', 'support'])
    await mail.sns('CreateTopic', { Name: `wayleaf-acme-team-${team}` });
  const log: Line[] = [];
  const write = (level: string) => (event: string, fields?: Line['fields']) =>
    void log.push({ level, event, fields });
  const web = createPlayedWeb();
  const contextFor = createContexts({
    ...{ services, settings, clock, seam: 'direct', endpoints: {}, web },
    logFor: () => ({ info: write('info'), warn: write('warn'), error: write('error') }),
  });
  for (const [name, { record, createHandler }] of Object.entries(handed))
    handlers.set(name, createHandler(contextFor(record)));
  return {
    ...{ db, clock, client, settings, dynamo, mail, stepFunctions, services, sabotage, log, web },
    ...{ invoke, contextFor, handed },
  };
};
export type Machinery = Awaited<ReturnType<typeof openMachinery>>;

interface Line {
  level: string;
  event: string;
  fields?: Record<string, unknown> | undefined;
}
