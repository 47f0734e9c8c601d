import type { Run } from './interpreter/run.ts';
import type { Outbox } from './outbox.ts';
import { type StatusChange, statusChange } from './status-change.ts';
import type { ExecutionStatus, ExecutionStore } from './store/executions.ts';

interface Needs {
  executions: ExecutionStore;
  now(): number;
  newUuid(): string;
  outbox: Outbox | undefined;
  /** The statuses that are told to the subscriber. */
  told: ReadonlySet<ExecutionStatus>;
  /** An execution of this machine has ended. */
  ended(machine: string): void;
}

type Told = Parameters<typeof statusChange>[0];

/** Writes what executions do. All of it happens within a transaction of the caller. */
export const createKeeper = ({ executions, now, newUuid, outbox, told, ended }: Needs) => {
  const tell = (execution: Told, closing: Run['closing']): void => {
    if (!outbox || !told.has(closing?.status ?? 'RUNNING')) return;
    const event: StatusChange = statusChange(execution, closing, now(), newUuid());
    outbox.add(event);
  };
  return {
    started: (execution: Told): void => tell(execution, undefined),
    /** Stores the run's position and new events, or its end; false when someone else was first. */
    keep(run: Run): boolean {
      const { position, closing, events, execution } = run;
      const first = closing ? executions.close(position, closing, now()) : executions.movePosition(position);
      if (!first) return false;
      const before = position.events - events.length;
      if (events.length > 0) executions.addHistory(position.execution, before + 1, JSON.stringify(events));
      if (closing) {
        tell(execution, closing);
        ended(execution.machine);
      }
      return true;
    },
  };
};

export type Keeper = ReturnType<typeof createKeeper>;
