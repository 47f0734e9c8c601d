import type { Settings } from '#aws/function-context';
import type { FunctionRecord, Grant } from '#aws/function-record';
import { type Need, needsOf } from '#infra/local/wire/grants';
import type { ServiceName } from '#infra/local/wire/model';
import { manifest } from '#infra/manifest';

/** Of a request, what permissions are asked by: nothing of what it says of people. */
export type Call = [service: ServiceName, operation: string, input: object];

export interface Use {
  /** `sweep dynamodb:Query on main` */
  key: string;
  call: Call;
}

export const keyOf = (record: Pick<FunctionRecord, 'name'>, on: Grant['on'], action: string): string =>
  `${record.name} ${action} on ${on}`;

/** Every grant of every function, once each: a function that does the work of others has theirs, too. */
export const grantedKeys = (): string[] => {
  const keys = manifest.flatMap(({ record }) =>
    record.grants.flatMap(({ on, actions }) => actions.map((action) => keyOf(record, on, action))),
  );
  return [...new Set(keys)].sort();
};

/** The grants that a request of this function uses. */
export const usesOf = (
  record: FunctionRecord,
  settings: Settings,
  [service, operation, input]: [ServiceName, string, unknown],
): Use[] => {
  const needs = needsOf[service](operation, input as Record<string, unknown>, settings);
  const call: Call = [service, operation, bare(input as Record<string, unknown>)];
  return needs.flatMap((need) =>
    record.grants
      .filter(
        ({ on, actions }) => actions.some((action) => action === need.action) && isMeant(on, need, settings),
      )
      .map(({ on }) => ({ key: keyOf(record, on, need.action), call })),
  );
};

/** Where two grants name one action, by its resource. */
const isMeant = (on: Grant['on'], { action, resource }: Need, settings: Settings): boolean => {
  if (resource.includes('/stream/')) return on === 'main-stream';
  if (action.startsWith('dynamodb:')) return new RegExp(`/${tableOf(on, settings)}(?:/|$)`).test(resource);
  if (action === 'sns:Publish') return on === targetOf(resource, settings);
  if (action === 'states:StartExecution')
    return (on === 'click-machine') === (resource === settings.clickMachineArn);
  return true;
};

const tableOf = (on: Grant['on'], { mainTable, catalogueTable, auditTable }: Settings): string =>
  ({ main: mainTable, catalogue: catalogueTable, audit: auditTable })[on as 'main'] ?? 'none';

const targetOf = (resource: string, { teamTopicPrefix }: Settings): Grant['on'] => {
  if (resource.startsWith(teamTopicPrefix)) return 'team-topics';
  return resource.includes(':endpoint/') ? 'push-endpoints' : 'sms';
};

const asked = [
  'SecretId',
  'StreamArn',
  'TableName',
  'IndexName',
  'stateMachineArn',
  'executionArn',
  'name',
  'publish',
  'roleArn',
];
const targets = ['TopicArn', 'TargetArn'];

const bare = (input: Record<string, unknown>): object => ({
  ...Object.fromEntries([...asked, ...targets].flatMap((m) => (m in input ? [[m, input[m]]] : []))),
  ...('PhoneNumber' in input && { PhoneNumber: '+491511234567' }),
  ...('TransactItems' in input && { TransactItems: (input.TransactItems as object[]).map(bareItem) }),
  ...('RequestItems' in input && {
    RequestItems: Object.fromEntries(Object.keys(input.RequestItems as object).map((table) => [table, {}])),
  }),
});

const bareItem = (item: object): object =>
  Object.fromEntries(
    Object.entries(item).map(([part, { TableName }]: [string, { TableName: string }]) => [
      part,
      { TableName },
    ]),
  );
