import { isWithin, nextTime } from '#kernel/zones';

export interface QuietHours {
  from: string;
  to: string;
  then?: 'hold' | 'skip' | undefined;
}

/** When the quiet that reigns now is over, by the wall clock of the zone; `undefined` when none does. */
export const quietUntil = (quiet: QuietHours | undefined, now: number, zone: string): number | undefined => {
  if (!quiet || !isWithin(now, zone, quiet)) return undefined;
  const end = nextTime(now, zone, quiet.to);
  // Where clocks go back over the end, the first of the two ends may still lie within.
  return isWithin(end, zone, quiet) ? nextTime(end + 1, zone, quiet.to) : end;
};
