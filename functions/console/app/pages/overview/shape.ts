import type { Kpi } from '#functions/reports/figures/kpis';
import type { Overview } from '#functions/reports/figures/overview';
import { describeDuration } from '#kernel/durations';
import type { Tone } from '../../parts/note.tsx';
import type { DayValue } from '../../parts/time-chart.tsx';
import { amount, compact, number, percent } from '../../words/format.ts';
import { words } from '../../words/words.ts';

const said = words.overview;

export type Measure = keyof typeof said.measures;
export const measures = Object.keys(said.measures) as Measure[];

export const valuesOf = ({ days }: Overview, measure: Measure): DayValue[] =>
  days.map((day) => ({ day: day.day, value: measure === 'sent' ? day.messages.sent : day[measure] }));

/** `from` and `to` are left out where the API's own range, the last 30 days, is meant. */
export const queryOf = (days: number, today: string): string => {
  if (days === 30) return '';
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  return `?from=${from}&to=${today}`;
};

export interface Tile {
  name: string;
  value: string;
  more: string;
}

export const tilesOf = ({ totals, active, currency = '' }: Overview): Tile[] => {
  const { tiles } = said;
  const { sent, messages } = totals.messages;
  return [
    { name: tiles.leads, value: compact(totals.leads), more: '' },
    { name: tiles.entered, value: compact(totals.entered), more: '' },
    { name: tiles.active, value: compact(active), more: said.now },
    {
      name: tiles.sent,
      value: compact(sent),
      more: messages > sent ? words.common.of(compact(sent), compact(messages)) : '',
    },
    {
      name: tiles.conversions,
      value: compact(totals.conversions),
      more: totals.value !== 0 ? `${tiles.value}: ${money(totals.value, currency)}` : '',
    },
    ...(totals.orders > 0
      ? [
          {
            name: tiles.revenue,
            value: money(totals.revenue, currency),
            more: said.orders(number(totals.orders)),
          },
        ]
      : []),
  ];
};

/** Colleagues read their mail elsewhere: nobody tells what became of it, and nothing is no figure. */
export const isHeard = (channel: string, count: number): boolean => count > 0 || channel !== 'team';

const money = (value: number, currency: string): string => `${amount(value)} ${currency}`.trim();

export interface Vital {
  name: string;
  value: string;
  more: string;
  tone: Extract<Tone, 'good' | 'warn' | 'bad'>;
}

/** What SES looks at: at the first figure it reviews an account, at the second it pauses it. */
const limits = { bounces: [0.05, 0.1], complaints: [0.001, 0.005] } as const;

export const vitalsOf = ({ health }: Overview): Vital[] => [
  rateVital('bounces', health.bounces),
  rateVital('complaints', health.complaints),
  countVital(said.health.indeterminate, health.indeterminate),
  countVital(said.health.quarantined, health.quarantined),
  {
    name: said.health.lag,
    value: health.lagSeconds === 0 ? said.health.none : said.health.seconds(number(health.lagSeconds)),
    more: '',
    tone: health.lagSeconds > 300 ? 'bad' : health.lagSeconds > 60 ? 'warn' : 'good',
  },
  ...heldVitals(health.held),
];

const heldTones = { act: 'bad', watch: 'warn', wait: 'good' } as const;

const heldVitals = (held: Overview['health']['held']): Vital[] =>
  held.length === 0
    ? [countVital(said.health.held, 0)]
    : held.map(({ count, says, state }) => ({
        ...{ name: said.health.held, value: number(count), more: says, tone: heldTones[state] },
      }));

const rateVital = (what: keyof typeof limits, rate: Overview['health']['bounces']): Vital => {
  const [review, pause] = limits[what];
  const value = rate.value ?? 0;
  // A few mails prove nothing: only what is surely above the limit is called bad.
  const tone = rate.low > pause || value > pause ? 'bad' : value > review / 2 ? 'warn' : 'good';
  return {
    name: said.health[what],
    value: percent(rate.count, rate.of, 2),
    more: said.health.limit(percent(review, 1, 1)),
    tone,
  };
};

const countVital = (name: string, count: number): Vital => ({
  ...{ name, value: count === 0 ? said.health.none : number(count), more: '' },
  tone: count === 0 ? 'good' : 'warn',
});

const daySeconds = 86_400;

/** A figure with its unit; undefined where not enough is known. */
export const kpiText = ({ unit, value }: Pick<Kpi, 'unit' | 'value'>, currency = ''): string | undefined => {
  if (value === null) return undefined;
  if (unit === 'share') return percent(value, 1);
  if (unit === 'money') return money(value, currency);
  if (unit === 'seconds')
    return value < 2 * daySeconds
      ? describeDuration(value * 1000)
      : said.kpis.days(number(Math.round(value / daySeconds)));
  return `${number(value)} ${said.kpis.units.points}`;
};
