import { chunksOf } from '#kernel/chunks';
import type { Estimate, Forecast } from '../../model/forecast.ts';
import { bar, line, text, ticks } from '../svg.ts';
import { rounded, tellDay } from './words.ts';

const plotHeight = 220;
const left = 64;
const labels = 44;

type Day = Forecast['days'][number];

/** Stacked by channel; the line marks the interval of each part where it ends. */
export const daysPanel = (forecast: Forecast, width: number): { svg: string; height: number } => {
  const channels = forecast.messages.map(({ channel }) => channel);
  const { days, unit } = inColumns(forecast.days);
  const most = Math.max(1, ...days.map((day) => topOf(day, channels)));
  const marks = ticks(most);
  const y = (n: number): number => plotHeight - (n / (marks.at(-1) || 1)) * (plotHeight - 30);
  const column = (width - left) / Math.max(1, days.length);
  const every = Math.ceil(days.length / Math.floor((width - left) / 78));
  return {
    height: plotHeight + labels,
    svg: [
      text(0, 0, unit === 1 ? 'Messages by day' : `Messages by ${unit} days`, 'wlf-ink', 15),
      ...legend(channels, width),
      ...marks.flatMap((mark) => [
        line(left, y(mark), width, y(mark), 'wlf-grid'),
        text(left - 8, y(mark) + 4, rounded(mark), 'wlf-faint', 11.5, 'end'),
      ]),
      ...days.flatMap((day, i) => columnOf(day, channels, { x: left + i * column, width: column, y })),
      ...days.flatMap(({ day }, i) =>
        i % every === 0
          ? [text(left + (i + 0.5) * column, plotHeight + 20, tellDay(day), 'wlf-soft', 11.5, 'middle')]
          : [],
      ),
      ...(days.length === 0 ? [text(left, 80, 'Nothing is sent.', 'wlf-soft', 13)] : []),
    ].join(''),
  };
};

const topOf = ({ channels }: Day, names: readonly string[]): number => {
  let below = 0;
  let top = 0;
  for (const name of names) {
    const { expected, high } = channels[name] ?? none;
    top = Math.max(top, below + high);
    below += expected;
  }
  return top;
};

const none: Estimate = { expected: 0, low: 0, high: 0 };

const columnOf = (
  { channels }: Day,
  names: readonly string[],
  at: { x: number; width: number; y: (n: number) => number },
): string[] => {
  const inset = Math.min(10, at.width * 0.16);
  const middle = at.x + at.width / 2;
  const bars: string[] = [];
  const whiskers: string[] = [];
  let below = 0;
  for (const name of names) {
    const { expected, low, high } = channels[name] ?? none;
    const [from, to] = [at.y(below), at.y(below + expected)];
    if (high > 0) {
      bars.push(bar(at.x + inset, to, at.width - 2 * inset, from - to, `wlf-${name}`));
      whiskers.push(...whisker(middle, at.y(below + low), at.y(below + high), Math.min(5, at.width / 5)));
    }
    below += expected;
  }
  return [...bars, ...whiskers];
};

const whisker = (x: number, low: number, high: number, half: number): string[] => [
  line(x, low, x, high, 'wlf-whisker'),
  line(x - half, low, x + half, low, 'wlf-whisker'),
  line(x - half, high, x + half, high, 'wlf-whisker'),
];

const legend = (channels: readonly string[], width: number): string[] =>
  channels.flatMap((channel, i) => {
    const x = width - (channels.length - i) * 74;
    return [bar(x, -11, 12, 12, `wlf-${channel}`), text(x + 18, 0, channel, 'wlf-soft', 12.5)];
  });

/** A year of days would be hairs: then each column holds several. */
const inColumns = (days: readonly Day[]): { days: Day[]; unit: number } => {
  const unit = days.length <= 62 ? 1 : Math.ceil(days.length / 52);
  const columns = chunksOf(days, unit);
  return { unit, days: columns.map(joined) };
};

/** Days depend on each other little enough for a drawing: their spreads add as squares. */
const joined = (days: readonly Day[]): Day => {
  const names = Object.keys(days[0]?.channels ?? {});
  const sum = (all: readonly Estimate[]): Estimate => {
    const expected = all.reduce((total, each) => total + each.expected, 0);
    const spread = (of: (each: Estimate) => number): number =>
      Math.sqrt(all.reduce((total, each) => total + of(each) ** 2, 0));
    return {
      expected,
      low: expected - spread((each) => each.expected - each.low),
      high: expected + spread((each) => each.high - each.expected),
    };
  };
  return {
    day: days[0]!.day,
    entering: sum(days.map(({ entering }) => entering)),
    channels: Object.fromEntries(
      names.map((name) => [name, sum(days.map(({ channels }) => channels[name] ?? none))]),
    ),
  };
};
