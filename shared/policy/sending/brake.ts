/** A bound of messages within an hour or a day by the clock. */
export interface BrakeWindow {
  per: 'hour' | 'day';
  atMost: number;
}

export type BrakeRule = false | { perHour: number; perDay: number };

const lengths = { hour: 3_600_000, day: 86_400_000 } as const;

/** Settings that were stored before there was a brake have the usual one. */
export const windowsOf = (rule: BrakeRule = { perHour: 100_000, perDay: 500_000 }): BrakeWindow[] =>
  rule === false
    ? []
    : [
        { per: 'hour', atMost: rule.perHour },
        { per: 'day', atMost: rule.perDay },
      ];

/** Which hour or day it is, counted from 1970. */
export const windowNumber = ({ per }: Pick<BrakeWindow, 'per'>, now: number): number =>
  Math.floor(now / lengths[per]);

/** So many are counted until the bound is reached: right to 1 / sqrt of it, 2 %, and never a hot item. */
const countedUpTo = 2_000;

/** Of how many messages one is counted, for all of them. */
export const weightOf = ({ atMost }: Pick<BrakeWindow, 'atMost'>): number =>
  Math.max(1, Math.floor(atMost / countedUpTo));

/** @param draw in [0, 1), of the message: what is retried is counted as before */
export const isCounted = (weight: number, draw: number): boolean => draw * weight < 1;
