import { describeDuration, durationMs } from '#kernel/durations';
import type { Rule } from '../../rule.ts';

const longestRunDays = 365;
export const longestRunMs = longestRunDays * 86_400_000;

export const waitTooLong: Rule = {
  id: 'wait-too-long',
  severity: 'error',
  title: 'No wait is longer than a year',
  explain: 'One wait lasts at most 365 days.',
  why: 'An execution of Step Functions lives for one year at most. To come back later, start a new run by a date trigger: it costs nothing while it waits.',
  example: {
    wrong: '{ "id": "pause", "type": "wait", "for": "400 days" }',
    right: '{ "id": "pause", "type": "wait", "for": "365 days" }',
  },
  check: ({ lasts }) =>
    lasts
      .filter(({ value }) => durationMs(value) > longestRunMs)
      .map(({ path, value, entry }) => ({
        path,
        message: `step "${entry?.id}" waits ${describeDuration(durationMs(value))}; a run may last ${longestRunDays}`,
        hint: `use at most "${longestRunDays} days"; to come back later, start a new run by a date trigger`,
      })),
};
