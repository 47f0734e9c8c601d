import type { Deliveries } from './lambda/deliveries.ts';
import type { Functions } from './lambda/functions.ts';
import type { StreamReader } from './lambda/stream-reader.ts';

export interface QuietOptions {
  readers: readonly StreamReader[];
  deliveries: Deliveries;
  functions: Functions;
  stepFunctions: { idle(): Promise<void> };
  /** Resolves when the disk has what was written. */
  synced: () => Promise<void>;
  /** Grows with whatever happens in the world. */
  activity: () => number;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Resolves when nothing more can happen before time moves or somebody calls: streams read, events
 * delivered, executions waiting. One part may wake another, so it asks until a whole round was silent.
 */
export const createDrain =
  ({ readers, deliveries, functions, stepFunctions, synced, activity }: QuietOptions) =>
  async (): Promise<void> => {
    for (let before = Number.NaN; before !== activity(); ) {
      before = activity();
      await turn();
      await synced();
      for (const reader of readers) await reader.settle();
      await deliveries.idle();
      await stepFunctions.idle();
      await functions.idle();
    }
  };
