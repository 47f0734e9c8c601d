import { after } from '#functions/reports/figures/sums';
import { everything } from '#functions/reports/fold-counts/rows';
import { iso } from '#kernel/clock';
import { dayIn } from '#policy/reports/calendar';
import { type HeldBack, tellHeld } from '#policy/sending/held';
import { unsettledShards } from '#store/keys';
import { readCounts, readDays } from '#store/runs/counters';
import type { Store } from '#store/store';

const dayMs = 86_400_000;

/** What happened within a day of the client's calendar. */
export interface DaySigns {
  leads: number;
  events: number;
  runs: number;
  sends: { sent: number; skipped: number; failed: number; indeterminate: number };
  delivered: number;
  bounced: number;
  complained: number;
}

type Sums = ReadonlyMap<string, number>;

/** `email|skipped|no-consent` and its like, over all channels. */
const sumOf = (sums: Sums, what: string): number =>
  [...sums].reduce((sum, [name, n]) => sum + (name.split('|')[1] === what ? n : 0), 0);

const signsOf = (sums: Sums): DaySigns => ({
  leads: sums.get('|leads') ?? 0,
  events: sums.get('|events') ?? 0,
  runs: sums.get('|entered') ?? 0,
  sends: {
    sent: sumOf(sums, 'sent'),
    skipped: sumOf(sums, 'skipped'),
    failed: sumOf(sums, 'failed'),
    indeterminate: sumOf(sums, 'indeterminate'),
  },
  delivered: sumOf(sums, 'delivered'),
  bounced: sumOf(sums, 'hardBounced'),
  complained: sumOf(sums, 'complained'),
});

export interface Days {
  today: { day: string; signs: DaySigns };
  yesterday: { day: string; signs: DaySigns };
}

export const readLastDays = async (store: Store, zone: string): Promise<Days> => {
  const now = store.clock.now();
  const [day, before] = [dayIn(zone, iso(now)), dayIn(zone, iso(now - dayMs))];
  const rows = await readDays(store, everything, { from: before, to: day });
  const of = (wanted: string) => {
    const found = rows.filter((row) => row.day === wanted).flatMap(({ counts }) => [...counts]);
    const sums = new Map<string, number>();
    for (const [name, n] of found) sums.set(name, (sums.get(name) ?? 0) + n);
    return { day: wanted, signs: signsOf(sums) };
  };
  return { today: of(day), yesterday: of(before) };
};

/** As it is now. */
export const readPresent = async (store: Store): Promise<{ active: number; held: HeldBack[] }> => {
  const sums = (await readCounts(store, everything)).get(0) ?? new Map<string, number>();
  return { active: sums.get('|active') ?? 0, held: tellHeld(after(sums, '|held|')) };
};

export interface Backlog {
  /** How long the oldest has waited; absent where none does. */
  oldestSeconds?: number;
  since?: string;
}

/** The oldest of a kind that somebody must still settle. */
export const oldestOf = async (store: Store, what: 'event' | 'claim' | 'open'): Promise<Backlog> => {
  const shards = await Promise.all(
    Array.from({ length: unsettledShards }, (_, shard) =>
      store.main.query({ pk: `${what}#${shard}`, index: 'unsettled', limit: 1 }),
    ),
  );
  const [since] = shards
    .flat()
    .map(({ unsettledAt }) => String(unsettledAt))
    .sort();
  if (since === undefined) return {};
  return { since, oldestSeconds: Math.max(0, Math.round((store.clock.now() - Date.parse(since)) / 1000)) };
};
