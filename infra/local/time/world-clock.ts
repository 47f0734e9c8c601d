import { iso } from '#kernel/clock';
import type { Kept } from '../kept.ts';
import { createRealClock, createVirtualClock, type WorldClock } from './clock.ts';

export interface TimeOptions {
  mode: 'real' | 'virtual';
  /** Where a new virtual clock starts, in milliseconds; now, when left out. */
  start?: number | undefined;
}

/** The clock of this data: a virtual one stands where it stood, so that time never runs backwards. */
export const openClock = (kept: Kept, { mode, start }: TimeOptions): WorldClock => {
  const stood = kept.get('clock');
  if (mode === 'virtual')
    return createVirtualClock(stood === undefined ? (start ?? Date.now()) : Number(stood));
  if (stood !== undefined && Number(stood) > Date.now())
    throw new Error(
      `The clock of this data stands at ${iso(Number(stood))}, which has not come yet. Start it with --clock virtual, or choose another folder.`,
    );
  return createRealClock();
};

/** Within the same commit as what the new time sets off: if it is lost, that is lost with it. */
export const keepTime = (kept: Kept, clock: WorldClock): void => {
  if (clock.mode === 'virtual') kept.note('clock', String(clock.now()));
};
