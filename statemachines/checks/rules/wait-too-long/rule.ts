import { describeDuration, durationMs } from '#kernel/durations';
import type { Rule } from '../../rule.ts';

const longestRunDays = 365;
export const longestRunMs = longestRunDays * 86_400_000;

export const waitTooLong: Rule = {
  id: 'wait-too-long',
  severity: 'error',
  title: 'No wait is longer than a year',
  explain: 'An execution of Step Functions lives for one year at most.',
  example: { wrong: '{ "type": "wait", "for": "400 days" }', right: '{ "type": "wait", "for": "365 days" }' },
  check: ({ lasts }) =>
    lasts
      .filter(({ value }) => durationMs(value) > longestRunMs)
      .map(({ path, value, entry }) => ({
        path,
        message: `step "${entry?.id}" waits ${describeDuration(durationMs(value))}; a run may last ${longestRunDays}`,
        hint: `use at most "${longestRunDays} days"; to come back later, start a new run by a date trigger`,
      })),
};
