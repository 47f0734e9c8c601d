import type { Role } from '#model/role';

/**
 * What one function is, as data: the same record makes the Lambda and its IAM policy (`infra/aws`)
 * and the local function and what it is denied (`infra/local`).
 */
export interface FunctionRecord {
  /** `<verb-noun>`, unique over all rooms; the folder's name. */
  name: string;
  room: 'ingest' | 'contacts' | 'journeys' | 'messages' | 'feedback' | 'reports' | 'operations' | 'api';
  /** One sentence for the Lambda console. */
  description: string;
  triggers: readonly Trigger[];
  grants: readonly Grant[];
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** It holds the embedded world, to walk journeys in: handed to it as `simulate`. */
  holds?: 'simulator';
}

export type Trigger =
  /** API Gateway HTTP API, payload 2.0. `path` as `/v1/forms/{form}`. */
  | {
      kind: 'http';
      method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
      path: string;
      /** The least role that may ask; `public` leaves it to the work who may. */
      access: 'public' | Role;
      /** Whether it is kept who asked. Left out: of everything but GET. */
      kept?: boolean;
    }
  /** DynamoDB stream of the main table; `sortKeys` are prefixes of `sk`, `events` of the change. */
  | {
      kind: 'stream';
      sortKeys: readonly string[];
      events: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
      batchSize: number;
      windowSeconds: number;
    }
  /** Called by the compiled machines. */
  | { kind: 'machine' }
  /** Called so long after a click was held, by a machine of its own. */
  | { kind: 'click-window'; seconds: number }
  /** EventBridge "Step Functions Execution Status Change" of our machines. */
  | { kind: 'execution-status'; statuses: readonly ('SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED')[] }
  /** SNS topic: SES events, inbound SMS, or what push services tell of devices. */
  | { kind: 'topic'; topic: 'ses-events' | 'inbound-sms' | 'push-events' }
  | { kind: 'schedule'; everyMinutes: number }
  /** The queue of what functions failed at for good. */
  | { kind: 'failures' }
  /** CloudFormation custom resource: the client's folder was deployed. */
  | { kind: 'deployment' };

export type HttpTrigger = Extract<Trigger, { kind: 'http' }>;

/** Least privilege: each action is one IAM action on one named resource. */
export type Grant =
  | { on: 'main' | 'catalogue' | 'audit'; actions: readonly DynamoAction[] }
  /** What the stream of the main table still holds: a part of it is read again. */
  | { on: 'main-stream'; actions: readonly ('dynamodb:GetShardIterator' | 'dynamodb:GetRecords')[] }
  /** State machines of this client: create and publish versions, start by version. */
  | { on: 'machines'; actions: readonly MachineAction[] }
  /** The machine that holds a click for some seconds. */
  | { on: 'click-machine'; actions: readonly ['states:StartExecution'] }
  /** The second home of the link keys. */
  | { on: 'link-keys'; actions: readonly SecretAction[] }
  /** Executions of this client's machines, and task tokens. */
  | { on: 'executions'; actions: readonly ExecutionAction[] }
  | { on: 'ses-identity'; actions: readonly ['ses:SendRawEmail'] }
  /** What SES lets the whole account send. */
  | { on: 'ses-account'; actions: readonly ['ses:GetSendQuota'] }
  /** The default bus of the account. */
  | { on: 'event-bus'; actions: readonly ['events:PutEvents'] }
  | { on: 'sms' | 'team-topics' | 'push-endpoints'; actions: readonly ['sns:Publish'] }
  /** Devices of the platform applications that the client names. */
  | { on: 'push-apps'; actions: readonly DeviceAction[] }
  /** Hand the machines' role to Step Functions. */
  | { on: 'machine-role'; actions: readonly ['iam:PassRole'] };

export type DynamoAction =
  | 'dynamodb:GetItem'
  | 'dynamodb:BatchGetItem'
  | 'dynamodb:Query'
  | 'dynamodb:Scan'
  | 'dynamodb:PutItem'
  | 'dynamodb:UpdateItem'
  | 'dynamodb:DeleteItem'
  | 'dynamodb:ConditionCheckItem';
export type SecretAction = 'secretsmanager:GetSecretValue' | 'secretsmanager:PutSecretValue';
export type DeviceAction =
  | 'sns:CreatePlatformEndpoint'
  | 'sns:GetEndpointAttributes'
  | 'sns:SetEndpointAttributes'
  | 'sns:DeleteEndpoint';
export type MachineAction =
  | 'states:CreateStateMachine'
  | 'states:UpdateStateMachine'
  | 'states:PublishStateMachineVersion'
  | 'states:DescribeStateMachine'
  | 'states:StartExecution';
export type ExecutionAction =
  | 'states:SendTaskSuccess'
  | 'states:SendTaskFailure'
  | 'states:SendTaskHeartbeat'
  | 'states:StopExecution'
  | 'states:DescribeExecution';

/** A transaction needs the grants of its parts (PutItem, UpdateItem, ConditionCheckItem, …), as in IAM. */
export const defineFunction = (record: FunctionRecord): FunctionRecord => ({
  ...record,
  grants: record.triggers.some(takesToken) ? withDoor(record.grants) : record.grants,
});

const takesToken = (trigger: Trigger): boolean => trigger.kind === 'http' && trigger.access !== 'public';

/** Who asks is looked up, and what was done is kept, by the function itself (`shared/http/door.ts`). */
const door = [
  { on: 'catalogue', action: 'dynamodb:GetItem' },
  { on: 'audit', action: 'dynamodb:PutItem' },
] as const;

const withDoor = (grants: readonly Grant[]): Grant[] => [
  ...grants,
  ...door
    .filter(
      ({ on, action }) => !grants.some((grant) => grant.on === on && grant.actions.some((a) => a === action)),
    )
    .map(({ on, action }): Grant => ({ on, actions: [action] })),
];
