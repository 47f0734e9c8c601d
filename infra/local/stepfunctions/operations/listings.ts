import type {
  ExecutionListItem,
  GetExecutionHistoryInput,
  GetExecutionHistoryOutput,
  ListExecutionsInput,
  ListExecutionsOutput,
} from '@aws-sdk/client-sfn';
import { type KeptEvent, toHistoryEvent } from '../interpreter/history.ts';
import type { Execution } from '../store/executions.ts';
import { checkExecutionArn, missingExecution, missingMachine, parseMachineArn } from './arns.ts';
import { isForgotten } from './executions.ts';
import { oneOf, pageOf, pageToken, required, slicePage } from './input.ts';
import { retention, type Service } from './service.ts';

const statuses = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];

const history = (service: Service, input: GetExecutionHistoryInput): GetExecutionHistoryOutput => {
  const { executions, clock } = service;
  const arn = checkExecutionArn(required(input, 'executionArn'));
  const execution = executions.byArn(arn);
  if (!execution || isForgotten(execution, clock.now())) throw missingExecution(arn);
  const kept = executions.history(execution.id).flatMap((page) => JSON.parse(page) as KeptEvent[]);
  const numbered = kept.map((event, i) => ({ event, id: i + 1 }));
  if (input.reverseOrder) numbered.reverse();
  const { items, nextToken } = slicePage(numbered, pageOf(input));
  const withData = input.includeExecutionData !== false;
  const events = items.map(({ event, id }) => toHistoryEvent(event, id, withData));
  return { events, ...(nextToken !== undefined && { nextToken }) };
};

const toListItem = (e: Execution): ExecutionListItem => ({
  executionArn: e.arn,
  stateMachineArn: e.machine,
  name: e.name,
  status: e.status,
  startDate: new Date(e.started),
  ...(e.stopped !== null && { stopDate: new Date(e.stopped) }),
  ...(e.version !== null && { stateMachineVersionArn: e.version }),
  ...(e.alias !== null && { stateMachineAliasArn: e.alias }),
  redriveCount: 0,
});

interface Filter {
  condition: string;
  values: (string | number)[];
}

/** A machine lists all its executions, a version or alias those that were started through it. */
const filterOf = (service: Service, text: string): Filter => {
  const { arn, machine, qualifier, isVersion } = parseMachineArn(text);
  if (!service.machines.machine(machine)) throw missingMachine(text);
  if (qualifier === undefined) return { condition: 'machine = ?', values: [machine] };
  const column = isVersion ? 'version' : 'alias';
  return { condition: `machine = ? AND ${column} = ?`, values: [machine, arn] };
};

const list = (service: Service, input: ListExecutionsInput): ListExecutionsOutput => {
  const { db, clock } = service;
  oneOf(input.statusFilter, 'statusFilter', statuses);
  const { condition, values } = filterOf(service, required(input, 'stateMachineArn'));
  const { limit, from = Number.MAX_SAFE_INTEGER } = pageOf(input);
  const byStatus = input.statusFilter === undefined ? '' : 'AND status = ?';
  const rows = db
    .prepare<Execution>(
      `SELECT * FROM sfn_executions WHERE ${condition} ${byStatus} AND id < ?
       AND (stopped IS NULL OR stopped > ?) ORDER BY id DESC LIMIT ?`,
    )
    .all(
      ...values,
      ...(input.statusFilter === undefined ? [] : [input.statusFilter]),
      from,
      clock.now() - retention,
      limit + 1,
    );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    executions: page.map(toListItem),
    ...(rows.length > limit && last && { nextToken: pageToken(last.id) }),
  };
};

/** Lists over executions and what happened in them. */
export const listingOperations = (service: Service) => {
  const { db } = service;
  return {
    ListExecutions: (input: ListExecutionsInput) => db.read(() => list(service, input)),
    GetExecutionHistory: (input: GetExecutionHistoryInput) => db.read(() => history(service, input)),
  };
};
