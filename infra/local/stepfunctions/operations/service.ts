import type { Database } from '../../sqlite/database.ts';
import type { WorldClock } from '../../time/clock.ts';
import type { Machinery } from '../interpreter/machinery.ts';
import type { Keeper } from '../keep.ts';
import type { Scheduler } from '../scheduler.ts';
import type { ExecutionStore } from '../store/executions.ts';
import type { MachineRow, MachineStore } from '../store/machines.ts';
import { beingDeleted, missingMachine } from './arns.ts';

/** What operations work with. */
export interface Service {
  db: Database;
  clock: WorldClock;
  executions: ExecutionStore;
  machines: MachineStore;
  machinery: Machinery;
  keeper: Keeper;
  scheduler: Scheduler;
  secret: string;
  account: string;
  newUuid(): string;
  /** Machines that are being deleted, with the number of their executions still running. */
  deleting: Map<string, number>;
}

/** AWS keeps a closed execution, and its name, for this long. */
export const retention = 90 * 86_400_000;

/** A machine that can be used and changed. */
export const activeMachine = ({ machines }: Service, arn: string): MachineRow => {
  const machine = machines.machine(arn);
  if (!machine) throw missingMachine(arn);
  if (machine.status === 'DELETING') throw beingDeleted(arn);
  return machine;
};
