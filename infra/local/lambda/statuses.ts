import type { Functions } from './functions.ts';
import type { Quarantine } from './quarantine.ts';

/** The part of EventBridge's "Step Functions Execution Status Change" that rules look at. */
export interface StatusEvent {
  id: string;
  detail: { status: string };
}

export interface StatusesOptions {
  functions: Functions;
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  quarantine: Quarantine;
}

/** As on AWS (`infra/aws/triggers.ts`); the engine brings an event again when it is rejected. */
const mostTries = 9;

/** Brings changes of executions to the functions whose rules ask for them. */
export const createStatuses = ({ functions, invoke, quarantine }: StatusesOptions) => {
  const listeners = functions.triggeredBy('execution-status');
  const tries = new Map<string, number>();
  const hand = async (functionName: string, event: StatusEvent): Promise<void> => {
    const key = `${functionName} ${event.id}`;
    try {
      await invoke(functionName, event);
      tries.delete(key);
    } catch (error) {
      const failed = (tries.get(key) ?? 0) + 1;
      tries.set(key, failed);
      if (failed < mostTries) throw error;
      quarantine.add(functionName, error, event);
      tries.delete(key);
    }
  };
  return async (event: StatusEvent): Promise<void> => {
    for (const { record, trigger } of listeners)
      if ((trigger.statuses as readonly string[]).includes(event.detail.status))
        await hand(record.name, event);
  };
};
