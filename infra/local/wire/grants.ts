import type { Settings } from '#aws/function-context';
import type { FunctionRecord, Grant } from '#aws/function-record';
import { AwsError } from '../aws-error.ts';
import { ownName } from '../secretsmanager/own-name.ts';
import type { Execute, ServiceName, Services } from './model.ts';

/** One thing that a request does: an IAM action on one resource. */
export interface Need {
  action: string;
  /** ARN; `*` where IAM knows no resource. */
  resource: string;
}

type Input = Readonly<Record<string, unknown>>;

/** Throws when the function's record does not grant what a request needs. */
export type Authorize = (service: ServiceName, operation: string, input: unknown) => void;

export const createAuthorizer = (record: FunctionRecord, settings: Settings): Authorize => {
  const allowed = record.grants.flatMap((grant) =>
    grant.actions.flatMap((action) =>
      resourcesOf(grant.on, settings).map((resource) => ({ action, resource })),
    ),
  );
  // Resources are few; but a text a stranger chose must not stay for ever.
  const known = new Set<string>();
  const isAllowed = (need: Need): boolean => {
    const text = `${need.action} ${need.resource}`;
    if (known.has(text)) return true;
    if (!allowed.some((grant) => grants(grant, need))) return false;
    if (known.size < 1_000) known.add(text);
    return true;
  };
  return (service, operation, input) => {
    for (const need of needsOf[service](operation, input as Input, settings))
      if (!isAllowed(need)) throw denied(record, need, settings);
  };
};

/** The same services for one function: what its record does not grant is denied, as IAM would. */
export const restrict = (services: Services, record: FunctionRecord, settings: Settings): Services => {
  const authorize = createAuthorizer(record, settings);
  const guard = (service: ServiceName): Execute => {
    return async (operation, input) => {
      authorize(service, operation, input);
      return services[service](operation, input, { caller: record.name });
    };
  };
  return {
    dynamodb: guard('dynamodb'),
    secretsmanager: guard('secretsmanager'),
    sfn: guard('sfn'),
    ses: guard('ses'),
    sns: guard('sns'),
  };
};

const grants = (grant: Need, need: Need): boolean =>
  grant.action === need.action &&
  (grant.resource.endsWith('*')
    ? need.resource.startsWith(grant.resource.slice(0, -1))
    : need.resource === grant.resource);

const denied = (record: FunctionRecord, { action, resource }: Need, { account }: Settings): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `User: arn:aws:sts::${account}:assumed-role/${record.name}/${record.name} is not authorized to perform: ${action}` +
      ` on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );

const arn = ({ region, account }: Settings, service: string, rest: string): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;
const tableArn = (settings: Settings, table: string): string =>
  table.startsWith('arn:') ? table : arn(settings, 'dynamodb', `table/${table}`);

const resourcesOf = (on: Grant['on'], settings: Settings): string[] => {
  switch (on) {
    case 'main': {
      const table = tableArn(settings, settings.mainTable);
      const indexes = ['by-time', 'unsettled', 'agenda', 'members'];
      return [table, ...indexes.map((index) => `${table}/index/${index}`)];
    }
    case 'main-stream':
      return [`${tableArn(settings, settings.mainTable)}/stream/*`];
    case 'catalogue':
      return [tableArn(settings, settings.catalogueTable)];
    case 'audit': {
      const table = tableArn(settings, settings.auditTable);
      return [table, ...['by-actor', 'by-subject'].map((index) => `${table}/index/${index}`)];
    }
    case 'machines':
      return [arn(settings, 'states', `stateMachine:${settings.machinePrefix}*`)];
    case 'click-machine':
      return [settings.clickMachineArn];
    case 'link-keys':
      return [arn(settings, 'secretsmanager', `secret:${ownName(settings.linkKeysSecret)}`)];
    case 'executions':
      return [
        arn(settings, 'states', `stateMachine:${settings.machinePrefix}*`),
        arn(settings, 'states', `execution:${settings.machinePrefix}*`),
      ];
    case 'ses-identity':
      return [arn(settings, 'ses', 'identity/*')];
    case 'event-bus':
    case 'ses-account':
      return ['*'];
    case 'sms':
      return ['phone-number'];
    case 'push-apps':
      return ['*'];
    case 'push-endpoints':
      return [arn(settings, 'sns', 'endpoint/*')];
    case 'team-topics':
      return [`${settings.teamTopicPrefix}*`];
    case 'machine-role':
      return [settings.machineRoleArn];
  }
};

type NeedsOf = (operation: string, input: Input, settings: Settings) => Need[];

const parts: Record<string, string> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Get: 'dynamodb:GetItem',
};

const dynamoNeeds: NeedsOf = (operation, input, settings) => {
  const need = (action: string, table: unknown, index?: unknown): Need => ({
    action,
    resource: tableArn(settings, String(table)) + (index ? `/index/${index}` : ''),
  });
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems')
    return ((input.TransactItems ?? []) as Record<string, { TableName?: string }>[]).flatMap((item) =>
      Object.entries(item).map(([part, { TableName }]) => need(parts[part] ?? `dynamodb:${part}`, TableName)),
    );
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem')
    return Object.keys((input.RequestItems ?? {}) as object).map((table) =>
      need(`dynamodb:${operation}`, table),
    );
  if (operation === 'GetRecords')
    // An iterator is as good as the stream that gave it out.
    return [need('dynamodb:GetRecords', `${tableArn(settings, settings.mainTable)}/stream/`)];
  return [need(`dynamodb:${operation}`, input.StreamArn ?? input.TableName ?? '*', input.IndexName)];
};

const withTokens = new Set(['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat']);

const machineNeeds: NeedsOf = (operation, input, settings) => {
  const machine = input.stateMachineArn ?? arn(settings, 'states', `stateMachine:${input.name ?? '*'}`);
  // A token names no resource; it is as good as the machine that gave it out.
  const resource = withTokens.has(operation)
    ? arn(settings, 'states', `execution:${settings.machinePrefix}`)
    : String(input.executionArn ?? machine);
  return [
    { action: `states:${operation}`, resource },
    ...(input.publish === true ? [{ action: 'states:PublishStateMachineVersion', resource }] : []),
    ...(input.roleArn ? [{ action: 'iam:PassRole', resource: String(input.roleArn) }] : []),
  ];
};

const mailNeeds: NeedsOf = (operation, _input, settings) => [
  { action: `ses:${operation}`, resource: arn(settings, 'ses', 'identity/sender') },
];

const topicNeeds: NeedsOf = (operation, input) => [
  {
    action: `sns:${operation}`,
    resource: String(input.TopicArn ?? input.TargetArn ?? (input.PhoneNumber ? 'phone-number' : '*')),
  },
];

const secretNeeds: NeedsOf = (operation, input, settings) => {
  const id = String(input.SecretId ?? input.Name);
  return [
    {
      action: `secretsmanager:${operation}`,
      resource: id.startsWith('arn:') ? id : arn(settings, 'secretsmanager', `secret:${ownName(id)}`),
    },
  ];
};

export const needsOf: Readonly<Record<ServiceName, NeedsOf>> = {
  dynamodb: dynamoNeeds,
  secretsmanager: secretNeeds,
  sfn: machineNeeds,
  ses: mailNeeds,
  sns: topicNeeds,
};
