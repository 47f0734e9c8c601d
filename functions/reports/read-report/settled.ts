import { addDays } from '#policy/reports/calendar';
import type { DayCounts } from '#store/runs/counters';
import { addUp, type Sums } from '../figures/sums.ts';

export interface Counted {
  /** By version, of all days that are asked for. */
  counts: ReadonlyMap<number, Sums>;
  /** The last of these days. */
  recent: readonly DayCounts[];
  today: string;
}

/** Of some versions, without what belongs to the last days: for what takes so long is not over there. */
export type Settled = (days: number, versions: readonly number[]) => Sums;

const without = (all: Sums, young: Sums): Sums =>
  new Map([...all].map(([name, n]) => [name, n - (young.get(name) ?? 0)]));

/** Each sum is made once, however many steps ask for it. */
export const createSettled = ({ counts, recent, today }: Counted): Settled => {
  const made = new Map<string, Sums>();
  const make = (days: number, versions: readonly number[]): Sums => {
    const since = addDays(today, -days);
    const young = recent.filter(({ day, version }) => day >= since && versions.includes(version));
    return without(
      addUp(versions.map((version) => counts.get(version) ?? new Map())),
      addUp(young.map((each) => each.counts)),
    );
  };
  return (days, versions) => {
    const key = `${days} ${versions.join()}`;
    const sums = made.get(key) ?? make(days, versions);
    made.set(key, sums);
    return sums;
  };
};
