import { isDeepStrictEqual } from 'node:util';
import type { Measure, MetricName } from '#aws/metrics';
import type { Services } from '#functions/journeys/services';
import { main } from '#store/keys';
import type { Status } from './status.ts';
import type { DaySigns } from './vital-signs.ts';

const figures: Readonly<Partial<Record<MetricName, (signs: DaySigns) => number>>> = {
  Leads: ({ leads }) => leads,
  Events: ({ events }) => events,
  RunsStarted: ({ runs }) => runs,
  SendsSent: ({ sends }) => sends.sent,
  SendsSkipped: ({ sends }) => sends.skipped,
  SendsFailed: ({ sends }) => sends.failed,
  SendsIndeterminate: ({ sends }) => sends.indeterminate,
  Delivered: ({ delivered }) => delivered,
  Bounced: ({ bounced }) => bounced,
  Complained: ({ complained }) => complained,
};

interface Noted {
  day: string;
  today: Record<string, number>;
  yesterday: Record<string, number>;
}

const bare = ({ day, today, yesterday }: Noted): Noted => ({ day, today, yesterday });

const valuesOf = (signs: DaySigns): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, of]) => [name, of(signs)]));

/**
 * What happened since the last look. Counters are counted once, whatever the stream delivers twice, so the
 * metrics made of them are right; a hot path that measured itself would be neither.
 */
export const measureStatus = async ({ store, context }: Services, status: Status): Promise<void> => {
  const { measure } = context;
  if (!measure) return;
  const [today, yesterday] = [valuesOf(status.today), valuesOf(status.yesterday)];
  const before = (await store.main.get(main.noted())) as Noted | undefined;
  const now = { day: status.today.day, today, yesterday };
  // A quiet client is left quiet.
  if (!before || !isDeepStrictEqual(now, bare(before))) await store.main.put({ ...main.noted(), ...now });
  if (before) measureSince(measure, before, now);
  measure('RunsActive', status.runs.active);
  measure('Quarantined', status.quarantine.entries);
  measure('OldestEventSeconds', status.waiting.events.oldestSeconds ?? 0);
  measure('OldestClaimSeconds', status.waiting.claims.oldestSeconds ?? 0);
};

const measureSince = (measure: Measure, before: Noted, now: Noted): void => {
  const isSameDay = before.day === now.day;
  for (const name of Object.keys(figures) as MetricName[]) {
    const known = isSameDay
      ? (before.today[name] ?? 0) + (before.yesterday[name] ?? 0)
      : (before.today[name] ?? 0);
    measure(name, Math.max(0, (now.today[name] ?? 0) + (now.yesterday[name] ?? 0) - known));
  }
};
