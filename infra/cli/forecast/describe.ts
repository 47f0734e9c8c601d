import { describeDuration } from '#kernel/durations';
import type { Estimate, Forecast } from '#model/forecast';
import { money, tellDay } from '#plot/forecast/words';
import { formatTable, unitWords } from '../output/table.ts';

/** A forecast for a terminal. */
export const describeForecast = (forecast: Forecast): string =>
  [
    headOf(forecast),
    ...section(
      'messages',
      ['channel', ...estimateHead],
      forecast.messages.map(({ channel, count }) => [channel, ...cells(count)]),
    ),
    ...section(
      'messages by day',
      ['day', ...forecast.messages.flatMap(({ channel }) => [channel, '90 % interval'])],
      daysOf(forecast),
    ),
    ...section(
      'people by leaf',
      ['leaf', ...estimateHead, 'share'],
      forecast.leaves.map(({ leaf, people }) => [leaf, ...cells(people), shareOf(people, forecast)]),
    ),
    ...section(
      'how runs end',
      ['end', ...estimateHead, 'share'],
      forecast.ends.map(({ how, people }) => [
        endWords[how] ?? how,
        ...cells(people),
        shareOf(people, forecast),
      ]),
    ),
    ...(forecast.converted.expected > 0
      ? [`the goal is reached, in a run or after it, by ${cells(forecast.converted).join(' (').trim()})`, '']
      : []),
    ...section(
      'messages not sent',
      ['reason', ...estimateHead],
      forecast.skipped.map(({ reason, messages }) => [reason, ...cells(messages)]),
    ),
    ...section('from entering to the end', ['', 'expected', '90 % interval'], durationOf(forecast)),
    ...section(
      'AWS bill, list prices, without free tiers',
      ['unit', 'used', 'US$'],
      forecast.bill.lines.map(({ unit, used, dollars }) => [
        unitWords(unit),
        whole(used),
        dollars.toFixed(2),
      ]),
    ),
    `all of it: US$ ${money(forecast.bill.dollars.expected)} (${money(forecast.bill.dollars.low)} to ${money(forecast.bill.dollars.high)})`,
    '',
    `Checked: ${forecast.rehearsed.alike} of ${forecast.rehearsed.people} imagined people got the same messages at the same times from the compiled machine.`,
    ...(forecast.assumed.length > 0 ? ['Assumed:', ...forecast.assumed.map((each) => `  ${each}`)] : []),
  ].join('\n');

const estimateHead = ['expected', '90 % interval'];

const headOf = ({ journey, start, entering, audience, sample, seed }: Forecast): string =>
  `${journey.name}: ${whole(entering)} people${entering === audience ? '' : ` of ${whole(audience)}`} from ${start.slice(0, 16).replace('T', ' ')} UTC\n` +
  `${whole(sample)} imagined people, seed ${seed}; 90 % prediction intervals\n`;

const section = (title: string, header: string[], rows: (string | number)[][]): string[] =>
  rows.length === 0 ? [] : [title, formatTable(header, rows), ''];

const whole = (n: number): string => Math.round(n).toLocaleString('en-US');
const cells = (estimate: Estimate): string[] => [whole(estimate.expected).padStart(9), intervalOf(estimate)];
const intervalOf = ({ low, high }: Estimate): string => `${whole(low)} – ${whole(high)}`;
const shareOf = ({ expected }: Estimate, { entering }: Forecast): string =>
  `${((100 * expected) / Math.max(1, entering)).toFixed(1)} %`;

const endWords: Record<string, string> = {
  completed: 'completed',
  exited: 'exit step',
  goal: 'goal reached',
  rule: 'exit rule',
};

const daysOf = ({ days, messages }: Forecast): string[][] =>
  days.map(({ day, channels }) => [
    tellDay(day),
    ...messages.flatMap(({ channel }) => cells(channels[channel]!)),
  ]);

const durationOf = ({ duration: { median, ninetieth } }: Forecast): string[][] =>
  (
    [
      ['half of them', median],
      ['nine of ten', ninetieth],
    ] as const
  ).map(([what, { expected, low, high }]) => [
    what,
    describeDuration(expected * 1000),
    `${describeDuration(low * 1000)} – ${describeDuration(high * 1000)}`,
  ]);
