import type { Assumption, Estimate, JourneyForecast } from '#model/forecast';
import type { Table } from '../figures/table.ts';

const estimateColumns = (name: string): string[] => [name, `${name} low`, `${name} high`];
const round = (n: number): number => Math.round(n * 100) / 100;
const estimateCells = ({ expected, low, high }: Estimate): number[] => [expected, low, high].map(round);

const none: Estimate = { expected: 0, low: 0, high: 0 };

/** One row for each of some things of which one figure is expected. */
const listed = <T extends object>(
  id: string,
  title: string,
  { name, figure, rows }: { name: keyof T & string; figure: keyof T & string; rows: readonly T[] },
): (() => Table) => {
  return () => ({
    ...{ id, title, columns: [name, ...estimateColumns(figure)] },
    rows: rows.map((row) => [String(row[name]), ...estimateCells(row[figure] as Estimate)]),
  });
};

const daysTable = ({ days, messages }: JourneyForecast): Table => {
  const channels = messages.map(({ channel }) => channel);
  return {
    ...{ id: 'days', title: 'Day by day' },
    columns: ['day', ...estimateColumns('entering'), ...channels.flatMap(estimateColumns)],
    rows: days.map((day) => [
      day.day,
      ...estimateCells(day.entering),
      ...channels.flatMap((channel) => estimateCells(day.channels[channel] ?? none)),
    ]),
  };
};

const assumptionRow = ({ path, kind, value, median, perDay, source, measured }: Assumption) => [
  ...[path.join(' / '), kind, perDay ?? value, median ?? null, source],
  ...(measured ? [measured.by, measured.of, measured.low, measured.high] : [null, null, null, null]),
];

export const forecastTables = (forecast: JourneyForecast): Readonly<Record<string, () => Table>> => ({
  days: () => daysTable(forecast),
  messages: listed('messages', 'Messages', { name: 'channel', figure: 'count', rows: forecast.messages }),
  leaves: listed('leaves', 'Leaves', { name: 'leaf', figure: 'people', rows: forecast.leaves }),
  steps: listed('steps', 'Messages by step', { name: 'step', figure: 'messages', rows: forecast.steps }),
  ends: listed('ends', 'How runs end', { name: 'how', figure: 'people', rows: forecast.ends }),
  skipped: listed('skipped', 'Messages not sent', {
    ...{ name: 'reason', figure: 'messages', rows: forecast.skipped },
  }),
  bill: () => ({
    ...{ id: 'bill', title: 'AWS bill', columns: ['unit', 'used', 'US$'] },
    rows: forecast.bill.lines.map(({ unit, used, dollars }) => [unit, round(used), dollars]),
  }),
  assumptions: () => ({
    ...{ id: 'assumptions', title: 'What it rests on' },
    columns: ['what', 'kind', 'value', 'median', 'source', 'measured by', 'of', 'low', 'high'],
    rows: forecast.assumptions.map(assumptionRow),
  }),
});
