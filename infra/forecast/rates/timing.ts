import { durationMs } from '#kernel/durations';
import type { Rate } from '#model/forecast-rates';
import { type Chance, delay } from '../people/chance.ts';
import { usualSlow } from './typical.ts';

/** A rate as it is drawn from. */
export interface Timing {
  rate: number;
  /** Milliseconds. */
  medianMs: number;
  slow: number;
}

export const timingOf = (rate: Rate, median: string): Timing =>
  typeof rate === 'number'
    ? { rate, medianMs: durationMs(median), slow: usualSlow }
    : { rate: rate.rate, medianMs: durationMs(rate.median ?? median), slow: rate.slow ?? usualSlow };

/** Whole seconds, as waits know no less. */
export const drawDelay = (chance: Chance, { medianMs, slow }: Timing): number =>
  Math.round(delay(chance, medianMs, slow) / 1000) * 1000;
