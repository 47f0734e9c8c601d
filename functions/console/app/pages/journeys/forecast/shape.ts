import { describeDuration } from '#kernel/durations';
import type { Assumption, Estimate, JourneyForecast } from '#model/forecast';
import type { DayValue } from '../../../parts/time-chart.tsx';
import { amount, compact, number, percent } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';

const said = words.forecast;
const none: Estimate = { expected: 0, low: 0, high: 0 };

/** What can be looked at over time: a channel, or who comes in. */
export type Series = string;
export const comingIn: Series = '';

export const seriesOf = ({ messages }: JourneyForecast): Series[] => [
  ...messages.map(({ channel }) => channel),
  comingIn,
];
export const nameOfSeries = (series: Series): string =>
  series === comingIn ? said.entering : said.sent(series);

export interface Column extends DayValue {
  low: number;
  high: number;
}

/** A year of days would be hairs: then each column holds several. */
const mostColumns = 62;

/** Days depend on each other little enough for a drawing: their spreads add as squares. */
export const columnsOf = ({ days }: JourneyForecast, series: Series): { columns: Column[]; days: number } => {
  const unit = days.length <= mostColumns ? 1 : Math.ceil(days.length / 52);
  const estimates = days.map(({ entering, channels }) =>
    series === comingIn ? entering : (channels[series] ?? none),
  );
  const columns = Array.from({ length: Math.ceil(days.length / unit) }, (_, i) => ({
    day: days[i * unit]!.day.slice(0, 10),
    ...joined(estimates.slice(i * unit, (i + 1) * unit)),
  }));
  return { columns, days: unit };
};

const joined = (all: readonly Estimate[]): Omit<Column, 'day'> => {
  const value = all.reduce((sum, { expected }) => sum + expected, 0);
  const spread = (of: (each: Estimate) => number): number =>
    Math.sqrt(all.reduce((sum, each) => sum + of(each) ** 2, 0));
  return {
    value,
    low: Math.max(0, value - spread(({ expected, low }) => expected - low)),
    high: value + spread(({ expected, high }) => high - expected),
  };
};

export const intervalText = ({ low, high }: Estimate, write = compact): string =>
  said.figures.between(write(Math.round(low)), write(Math.round(high)));

export interface Tile {
  name: string;
  value: string;
  more: string;
}

const countTile = (name: string, estimate: Estimate): Tile => ({
  ...{ name, value: compact(Math.round(estimate.expected)), more: intervalText(estimate) },
});

export const tilesOf = (forecast: JourneyForecast, hasGoal: boolean): Tile[] => {
  const { entering, audience, messages, converted, duration, bill, tasks } = forecast;
  const { figures } = said;
  const lasting = ({ expected }: Estimate): string => describeDuration(expected * 1000);
  return [
    { name: figures.entering, value: compact(entering), more: figures.of(number(audience)) },
    ...messages.map(({ channel, count }) => countTile(figures.messages(channel), count)),
    ...(tasks.expected > 0 ? [countTile(figures.tasks, tasks)] : []),
    hasGoal
      ? countTile(figures.converted, converted)
      : { name: figures.converted, value: '–', more: figures.noGoal },
    {
      ...{ name: figures.duration, value: lasting(duration.median) },
      more: figures.ninetieth(lasting(duration.ninetieth)),
    },
    {
      ...{ name: figures.bill, value: figures.dollars(amount(bill.dollars.expected)) },
      more: figures.between(amount(bill.dollars.low), amount(bill.dollars.high)),
    },
  ];
};

export const shareOf = ({ expected }: Estimate, { entering }: JourneyForecast): string =>
  percent(expected, entering);

/** The four rates of a message stand in one row. */
export interface MessageRow {
  step: string;
  rates: Assumption[];
}

export const messageRows = ({ assumptions }: JourneyForecast): MessageRow[] => {
  const rows = Map.groupBy(
    assumptions.filter(({ kind }) => kind === 'message'),
    ({ step = '' }) => step,
  );
  return [...rows].map(([step, rates]) => ({ step, rates }));
};

/** The audience and how it comes in have fields of their own. */
export const otherRates = ({ assumptions }: JourneyForecast): Assumption[] =>
  assumptions.filter(({ kind, path: [of] }) => kind !== 'message' && of !== 'audience' && of !== 'over');

export const nameOfRate = ({ kind, name, path: [of = '', second = ''] }: Assumption): string => {
  if (of === 'reachable') return said.reachable(second);
  if (kind === 'event') return said.event(name);
  if (kind === 'answer') return said.answer(name);
  return said.names[name] ?? name;
};

/** Where the number of people is from; what can be done where it is not known. */
export const audienceText = ({ source, few }: Assumption): string =>
  few === undefined ? said.sources[source] : said.few(number(few));

/** Of how many it was measured, and how sure that is; empty where it was not. */
export const measuredText = ({ measured }: Assumption): string => {
  if (!measured) return '';
  const between = said.figures.between(percent(measured.low, 1), percent(measured.high, 1));
  return `${said.by[measured.by](number(measured.of))} · ${between}`;
};
