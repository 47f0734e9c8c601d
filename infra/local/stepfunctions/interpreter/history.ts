import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';

/** An event as it is kept: its id is its place, what follows from its type is added when it is read. */
export type KeptEvent = [type: HistoryEventType, timestamp: number, previous: number, details?: object];

/** The execution fails when this many events were not enough. */
export const largestHistory = 25_000;

const ofState = /^(Task|Choice|Wait|Pass|Succeed|Fail)State(Entered|Exited)$/;

const detailsKey = (type: string): string => {
  const state = ofState.exec(type);
  const subject = state ? `State${state[2]}` : type;
  return `${subject[0]?.toLowerCase()}${subject.slice(1)}EventDetails`;
};

const payloads = ['input', 'output'] as const;

/** AWS marks each payload with whether it was cut; without execution data it leaves both out. */
const spellOut = (details: object, withData: boolean): object => {
  const result: Record<string, unknown> = { ...details };
  for (const field of payloads) {
    if (result[field] === undefined) continue;
    if (withData) result[`${field}Details`] = { truncated: false };
    else delete result[field];
  }
  return result;
};

/** The event as `GetExecutionHistory` answers it. */
export const toHistoryEvent = (kept: KeptEvent, id: number, withData: boolean): HistoryEvent => {
  const [type, timestamp, previousEventId, details] = kept;
  const event = { timestamp: new Date(timestamp), type, id, previousEventId };
  return details === undefined ? event : { ...event, [detailsKey(type)]: spellOut(details, withData) };
};
