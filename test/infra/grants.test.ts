import { expect, test } from 'vitest';
import type { Settings } from '#aws/function-context';
import type { FunctionRecord, Grant } from '#aws/function-record';
import { readClientFolder } from '#infra/client-folder';
import { readClientSettings } from '#infra/client-settings';
import { localSettings } from '#infra/local/contexts';
import { createAuthorizer } from '#infra/local/wire/grants';
import type { ServiceName } from '#infra/local/wire/model';
import { manifest } from '#infra/manifest';

const settings = localSettings(readClientSettings(readClientFolder('acme').client), 'https://example.com');
const tables: Partial<Record<Grant['on'], string>> = {
  main: settings.mainTable,
  catalogue: settings.catalogueTable,
  audit: settings.auditTable,
};
const arn = (rest: string): string =>
  `arn:aws:${rest.replace('@', `${settings.region}:${settings.account}`)}`;

/** One request that needs this and nothing else; undefined where the SDK asks it by another way. */
const requestFor = (on: Grant['on'], action: string): [ServiceName, string, object] | undefined => {
  const [service = '', operation = ''] = action.split(':');
  const TableName = tables[on];
  if (TableName && operation === 'ConditionCheckItem')
    return ['dynamodb', 'TransactWriteItems', { TransactItems: [{ ConditionCheck: { TableName } }] }];
  if (TableName && operation === 'BatchGetItem')
    return ['dynamodb', operation, { RequestItems: { [TableName]: {} } }];
  if (TableName) return ['dynamodb', operation, { TableName }];
  const name = `${settings.machinePrefix}x`;
  const machine = on === 'click-machine' ? settings.clickMachineArn : arn(`states:@:stateMachine:${name}`);
  const execution = arn(`states:@:execution:${name}:run`);
  if (service === 'states')
    return [
      'sfn',
      operation,
      on === 'executions' ? { executionArn: execution } : { stateMachineArn: machine },
    ];
  if (service === 'secretsmanager') return [service, operation, { SecretId: settings.linkKeysSecret }];
  const targets: Partial<Record<Grant['on'], object>> = {
    sms: { PhoneNumber: '+491511234567' },
    'team-topics': { TopicArn: `${settings.teamTopicPrefix}sales` },
    'push-endpoints': { TargetArn: arn('sns:@:endpoint/APNS/app/1') },
  };
  if (service === 'sns') return ['sns', operation, targets[on] ?? {}];
  return service === 'ses' ? ['ses', operation, {}] : undefined;
};

/** A function that does the work of others may have a grant from each of them. */
const without = (record: FunctionRecord, on: Grant['on'], action: string): FunctionRecord => ({
  ...record,
  grants: record.grants.map((grant) =>
    grant.on === on ? ({ ...grant, actions: grant.actions.filter((one) => one !== action) } as Grant) : grant,
  ),
});

const isAllowed = (record: FunctionRecord, [service, operation, input]: [ServiceName, string, object]) => {
  try {
    createAuthorizer(record, settings as Settings)(service, operation, input);
    return true;
  } catch (error) {
    expect((error as Error).name).toBe('AccessDeniedException');
    return false;
  }
};

test.each(manifest.map(({ record }) => [record.name, record] as const))(
  '%s may do what its record says, and without any one of its grants it is refused exactly that',
  (_, record) => {
    for (const grant of record.grants)
      for (const action of grant.actions) {
        const request = requestFor(grant.on, action);
        if (!request) continue;
        const why = `${action} on ${grant.on}`;
        expect(isAllowed(record, request), why).toBe(true);
        expect(isAllowed(without(record, grant.on, action), request), `${why} is granted otherwise`).toBe(
          false,
        );
      }
  },
);

test('a function is granted nothing on all tables, machines or mails of the account', () => {
  const foreign: [ServiceName, string, object][] = [
    ['dynamodb', 'GetItem', { TableName: 'wayleaf-other-main' }],
    ['sfn', 'StartExecution', { stateMachineArn: arn('states:@:stateMachine:wayleaf-other-x') }],
    ['sns', 'Publish', { TopicArn: arn('sns:@:wayleaf-other-team-sales') }],
  ];
  for (const { record } of manifest)
    for (const request of foreign)
      expect([record.name, isAllowed(record, request)]).toEqual([record.name, false]);
});
