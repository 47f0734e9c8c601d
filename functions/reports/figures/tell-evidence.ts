import type { Evidence } from './evidence-of-step.ts';

type Rate = Evidence['arms'][number]['rate'];

export const percent = (n: number): string => `${(100 * n).toFixed(1)} %`;

/** Never a bare percentage: its interval, and what it is of. */
export const tellRate = ({ value, low, high, of }: Rate): string =>
  value === null ? 'nobody yet' : `${percent(value)} (${percent(low)} to ${percent(high)}) of ${of}`;

export const tellArm = ({ rate, chanceToBeBest }: Evidence['arms'][number]): string =>
  `${tellRate(rate)}; best with probability ${percent(chanceToBeBest)}`;

/** What is still needed, in words. */
export const tellSamples = ({ samplesNeeded }: Evidence): string =>
  samplesNeeded === null
    ? 'no difference to measure yet'
    : samplesNeeded === 0
      ? 'enough runs to tell a difference of this size'
      : `${samplesNeeded} more runs per arm until a difference of this size would show`;

export const tellLot = ({ by, isRandom }: Evidence): string =>
  `by ${by}, ${isRandom ? 'drawn by lot' : 'not drawn by lot: they may be other people'}`;
