import * as z from 'zod';
import { daysBetween } from '#policy/reports/calendar';
import { rateOf } from '#policy/reports/evidence';
import { heldSchema, tellHeld } from '#policy/sending/held';
import type { DayCounts } from '#store/runs/counters';
import { counterName } from '../fold-counts/rows.ts';
import { type Range, rangeSchema } from './range.ts';
import { after, type Sums, sumDays, tidy } from './sums.ts';

const n = z.number();
export const rateSchema = z
  .object({ count: n, of: n, value: n.nullable(), low: n, high: n })
  .describe('A share with its 95 % interval (Wilson); `value` is null where there is nothing to divide by');

const messagesSchema = z
  .object({
    messages: n.describe('All that steps came to, sent or not'),
    ...{ sent: n, delivered: n, opened: n, clicked: n, bounced: n, complained: n, unsubscribed: n },
    ...{ skipped: n, failed: n, indeterminate: n },
  })
  .describe('Messages made on these days, with what became of them until now');

const daySchema = z.object({
  day: z.string(),
  leads: n.describe('Contacts first seen that day of whom more is known than a browser'),
  events: n,
  entered: n.describe('Runs that began'),
  conversions: n.describe('Goals reached that day'),
  value: n.describe('What these were worth'),
  orders: n,
  revenue: n,
  messages: messagesSchema,
});

/** Answer of `GET /v1/reports/overview`. */
export const overviewSchema = z.object({
  range: rangeSchema,
  currency: z.string().optional(),
  totals: daySchema.omit({ day: true }),
  channels: z.record(z.string(), messagesSchema),
  days: z.array(daySchema),
  active: n.describe('Runs under way now'),
  health: z.object({
    bounces: rateSchema.describe('Hard bounces of mails sent; SES reviews accounts at 5 %'),
    complaints: rateSchema.describe('Complaints of mails sent; SES reviews accounts at 0.1 %'),
    indeterminate: n.describe('Messages of which nobody knows whether they were sent'),
    quarantined: n.describe('Events set aside for a person, now'),
    held: z.array(heldSchema),
    lagSeconds: n.describe('Age of the oldest event that journeys have not heard yet; 0: none'),
  }),
});
export type Overview = z.output<typeof overviewSchema>;
type Messages = z.output<typeof messagesSchema>;

const plain = [
  'messages',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'hardBounced',
  'complained',
  'unsubscribed',
  'indeterminate',
] as const;
const byReason = ['skipped', 'failed'] as const;

const channelNames = ['email', 'sms', 'push', 'team'] as const;

const all = (counts: Map<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);

export const messagesOf = (sums: Sums, channel: string): Messages => {
  const found = Object.fromEntries([
    ...plain.map((what) => [what, sums.get(counterName(channel, what)) ?? 0]),
    ...byReason.map((what) => [what, all(after(sums, counterName(channel, what, '')))]),
  ]) as Record<(typeof plain)[number] | (typeof byReason)[number], number>;
  const { hardBounced: bounced, ...rest } = found;
  return { ...rest, bounced };
};

const together = (parts: readonly Messages[]): Messages =>
  parts.reduce(
    (sum, part) =>
      Object.fromEntries(
        Object.entries(sum).map(([name, count]) => [name, count + part[name as keyof Messages]]),
      ) as Messages,
    messagesOf(new Map(), ''),
  );

const figuresOf = (sums: Sums) => {
  const count = (what: string): number => sums.get(counterName('', what)) ?? 0;
  return {
    ...{ leads: count('leads'), events: count('events'), entered: count('entered') },
    ...{ conversions: count('conversions'), value: tidy(count('value')) },
    ...{ orders: count('orders'), revenue: tidy(count('revenue')) },
    messages: together(channelNames.map((channel) => messagesOf(sums, channel))),
  };
};

export interface Now {
  /** Gauges. */
  sums: Sums;
  lagSeconds: number;
}

export const createOverview = (
  range: Range,
  days: readonly DayCounts[],
  { sums, lagSeconds }: Now,
  currency?: string,
): Overview => {
  const byDay = new Map(days.map(({ day, counts }) => [day, counts]));
  const total = sumDays(days);
  const mails = messagesOf(total, 'email');
  return {
    range,
    ...(currency && { currency }),
    totals: figuresOf(total),
    channels: Object.fromEntries(
      channelNames
        .map((channel) => [channel, messagesOf(total, channel)] as const)
        .filter(([, { messages }]) => messages > 0),
    ),
    days: daysBetween(range.from, range.to).map((day) => ({
      day,
      ...figuresOf(byDay.get(day) ?? new Map()),
    })),
    active: sums.get(counterName('', 'active')) ?? 0,
    health: {
      bounces: rateOf(mails.bounced, mails.sent),
      complaints: rateOf(mails.complained, mails.sent),
      indeterminate: figuresOf(total).messages.indeterminate,
      quarantined: sums.get(counterName('', 'quarantined')) ?? 0,
      held: tellHeld(after(sums, counterName('', 'held', ''))),
      lagSeconds,
    },
  };
};
