import type { Closing, Execution, ExecutionStatus } from './store/executions.ts';

/** EventBridge's "Step Functions Execution Status Change". */
export interface StatusChange {
  version: '0';
  id: string;
  'detail-type': 'Step Functions Execution Status Change';
  source: 'aws.states';
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: {
    executionArn: string;
    stateMachineArn: string;
    stateMachineVersionArn: string | null;
    stateMachineAliasArn: string | null;
    name: string;
    status: ExecutionStatus;
    startDate: number;
    stopDate: number | null;
    input: string | null;
    inputDetails: { included: boolean } | null;
    output: string | null;
    outputDetails: { included: boolean } | null;
    error: string | null;
    cause: string | null;
    redriveCount: 0;
    redriveDate: null;
    redriveStatus: 'NOT_REDRIVABLE' | 'REDRIVABLE';
    redriveStatusReason: string | null;
  };
}

type Redrive = Pick<StatusChange['detail'], 'redriveStatus' | 'redriveStatusReason'>;

/** Whether AWS would offer to redrive an execution; this service never does, but says the same. */
export const redriveOf = (status: ExecutionStatus): Redrive =>
  status === 'RUNNING' || status === 'SUCCEEDED'
    ? {
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: `Execution is ${status} and cannot be redriven`,
      }
    : { redriveStatus: 'REDRIVABLE', redriveStatusReason: null };

// Larger payloads are left out of the event.
const largestCombined = 248 * 1024;

const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

const payloadsOf = (input: string, output: string | null) => {
  const included = input.length + (output?.length ?? 0) <= largestCombined;
  return {
    input: included ? input : null,
    inputDetails: { included },
    output: included ? output : null,
    outputDetails: output === null ? null : { included },
  };
};

/** The event of a start (no `closing`) or an end. */
export const statusChange = (
  execution: Pick<Execution, 'arn' | 'machine' | 'version' | 'alias' | 'name' | 'started' | 'input'>,
  closing: Closing | undefined,
  now: number,
  id: string,
): StatusChange => {
  const [, , , region = '', account = ''] = execution.arn.split(':');
  const status = closing?.status ?? 'RUNNING';
  return {
    version: '0',
    id,
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account,
    time: seconds(now),
    region,
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.machine,
      stateMachineVersionArn: execution.version,
      stateMachineAliasArn: execution.alias,
      name: execution.name,
      status,
      startDate: execution.started,
      stopDate: closing ? now : null,
      ...payloadsOf(execution.input, closing?.output ?? null),
      error: closing?.error ?? null,
      cause: closing?.cause ?? null,
      redriveCount: 0,
      redriveDate: null,
      ...redriveOf(status),
    },
  };
};
