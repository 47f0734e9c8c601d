import type { Assumption, Estimate, JourneyForecast } from '#model/forecast';
import { plotForecast } from '#plot/forecast/forecast';
import { field, mean, members, type Table, tabulate } from '../tables/table.ts';

const round = (n: number): number => Math.round(n * 100) / 100;

const none: Estimate = { expected: 0, low: 0, high: 0 };

/** What is expected, with its prediction interval. */
const estimate = <R>(name: string, of: (row: R) => Estimate | undefined) =>
  mean<R>(name, (row) => {
    const { expected, low, high } = of(row) ?? none;
    return { value: round(expected), low: round(low), high: round(high) };
  });

const daysTable = ({ days, messages }: JourneyForecast): Table =>
  tabulate('days', 'Day by day', days, [
    ...members('day'),
    estimate('entering', ({ entering }) => entering),
    ...messages.map(({ channel }) =>
      estimate(channel, (day: JourneyForecast['days'][number]) => day.channels[channel]),
    ),
  ]);

const assumptionsTable = (assumptions: readonly Assumption[]): Table =>
  tabulate('assumptions', 'What it rests on', assumptions, [
    field('what', ({ path }) => path.join(' / ')),
    ...members('kind'),
    field('value', ({ perDay, value }) => perDay ?? value),
    field('median', ({ median }) => median),
    ...members('source'),
    field('measured by', ({ measured }) => measured?.by),
    field('of', ({ measured }) => measured?.of),
    field('low', ({ measured }) => measured?.low),
    field('high', ({ measured }) => measured?.high),
  ]);

export const forecastTables = {
  days: daysTable,
  messages: ({ messages }: JourneyForecast) =>
    tabulate('messages', 'Messages', messages, [
      ...members('channel'),
      estimate('count', ({ count }) => count),
    ]),
  leaves: ({ leaves }: JourneyForecast) =>
    tabulate('leaves', 'Leaves', leaves, [...members('leaf'), estimate('people', ({ people }) => people)]),
  steps: ({ steps }: JourneyForecast) =>
    tabulate('steps', 'Messages by step', steps, [
      ...members('step'),
      estimate('messages', ({ messages }) => messages),
    ]),
  ends: ({ ends }: JourneyForecast) =>
    tabulate('ends', 'How runs end', ends, [...members('how'), estimate('people', ({ people }) => people)]),
  skipped: ({ skipped }: JourneyForecast) =>
    tabulate('skipped', 'Messages not sent', skipped, [
      ...members('reason'),
      estimate('messages', ({ messages }) => messages),
    ]),
  bill: ({ bill }: JourneyForecast) =>
    tabulate('bill', 'AWS bill', bill.lines, [
      ...members('unit'),
      field('used', ({ used }) => round(used)),
      field('US$', ({ dollars }) => dollars),
    ]),
  assumptions: ({ assumptions }: JourneyForecast) => assumptionsTable(assumptions),
};

export const forecastPlots = { days: plotForecast };
