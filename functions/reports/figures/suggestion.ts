import * as z from 'zod';
import { type Rate, samplesFor } from '#policy/reports/evidence';
import type { AnswerTimes } from './answer-times.ts';
import type { Evidence } from './evidence-of-step.ts';

const n = z.number();

export const suggestionSchema = z.object({
  step: z.string(),
  kind: z.enum(['keep-arm', 'go-on-testing', 'try-a-split', 'try-a-wait', 'try-an-order', 'mend']),
  text: z.string().describe('For the author, who alone applies it'),
  isCausal: z.boolean().describe('Whether the numbers show a cause, or only that two things go together'),
  numbers: z.record(z.string(), n),
});
export type Suggestion = z.output<typeof suggestionSchema>;

/** What is known of one step of the report. */
export interface StepFigures {
  id: string;
  entered: number;
  messages: number;
  sent: number;
  clicked: number;
  skipped: Readonly<Record<string, number>>;
  evidence?: Evidence | undefined;
  answerTimes?: AnswerTimes | undefined;
  /** Runs that come by in a day, of late. */
  perDay: number;
}

export const percent = (value: number): string => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
type Told = Pick<Rate, 'value' | 'low' | 'high'>;
/** `95.1 % (92.6 % to 96.9 %)` */
export const interval = ({ value, low, high }: Told): string =>
  value === null ? 'nobody came by' : `${percent(value)} (${percent(low)} to ${percent(high)})`;
/** `12 % (8.1 % to 18 %, 200 runs)` */
export const told = (rate: Rate, what = 'runs'): string =>
  rate.value === null ? 'nobody came by' : `${interval(rate).slice(0, -1)}, ${rate.of} ${what})`;

export const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** What a test would take: to see a fifth more of the rate there is, with two arms. */
export const testOf = (rate: number, perDay: number) => {
  const perArm = rate > 0 && rate < 0.8 ? samplesFor(rate, rate * 1.2) : undefined;
  return perArm === undefined
    ? undefined
    : { perArm, ...(perDay > 0 && { days: Math.ceil((2 * perArm) / perDay) }) };
};
export const tellTest = (test: ReturnType<typeof testOf>): string =>
  test === undefined
    ? 'How many runs a test needs cannot be told from a rate of none, or of nearly all.'
    : `To see a fifth more, each of two arms needs ${test.perArm} runs${test.days === undefined ? '' : `, about ${test.days} days as things go`}.`;

/** The numbers that a test would take, where they can be told. */
export const numbersOf = (test: ReturnType<typeof testOf>): Record<string, number> => ({
  ...(test && { perArm: test.perArm, ...(test.days !== undefined && { days: test.days }) }),
});
