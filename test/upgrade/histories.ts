import type { GetExecutionHistoryOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import type { World } from '#infra/local/world';

/** One step of a history in words that no release changes: what was asked of a task, and what it answered. */
export interface Step {
  type: string;
  state?: string;
  input?: unknown;
  output?: unknown;
  error?: string;
}

/** By the name of the execution. */
export type Histories = Record<string, Step[]>;

/** A token is made of a secret of its world. */
const token = /"token":"[^"]+"/g;
const parsed = (text: string | undefined): unknown =>
  text === undefined ? undefined : JSON.parse(text.replace(token, '"token":"*"'));

const stepOf = (event: HistoryEvent): Step => {
  const { type = '', stateEnteredEventDetails: entered, stateExitedEventDetails: left } = event;
  const started = event.executionStartedEventDetails;
  const scheduled = event.taskScheduledEventDetails ?? event.lambdaFunctionScheduledEventDetails;
  const asked =
    event.taskScheduledEventDetails?.parameters ?? event.lambdaFunctionScheduledEventDetails?.input;
  const done =
    event.taskSucceededEventDetails ??
    event.lambdaFunctionSucceededEventDetails ??
    event.executionSucceededEventDetails;
  const failed =
    event.taskFailedEventDetails ?? event.lambdaFunctionFailedEventDetails ?? event.taskTimedOutEventDetails;
  const step: Step = { type };
  const state = entered?.name ?? left?.name;
  if (state !== undefined) step.state = state;
  const input = parsed(started?.input ?? (scheduled && asked));
  if (input !== undefined) step.input = input;
  const output = parsed(done?.output);
  if (output !== undefined) step.output = output;
  if (failed?.error !== undefined) step.error = failed.error;
  return step;
};

const eventsOf = async (world: World, executionArn: string): Promise<HistoryEvent[]> => {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const asked = { executionArn, maxResults: 1000, ...(nextToken !== undefined && { nextToken }) };
    const page = (await world.services.sfn('GetExecutionHistory', asked)) as GetExecutionHistoryOutput;
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
};

/** What Step Functions knows of every execution, from its input to its end. */
export const historiesOf = async (world: World): Promise<Histories> => {
  const all = world.executions().map(async ({ name, version }): Promise<[string, Step[]]> => {
    const arn = String(version).replace(':stateMachine:', ':execution:').replace(/:\d+$/, `:${name}`);
    return [name, (await eventsOf(world, arn)).map(stepOf)];
  });
  return Object.fromEntries((await Promise.all(all)).sort(([a], [b]) => (a < b ? -1 : 1)));
};
