import { describeDuration, durationMs } from '#kernel/durations';
import type { Rule } from '../../rule.ts';
import type { SequenceEntry, StepEntry } from '../../view.ts';
import { longestRunMs } from '../wait-too-long/rule.ts';

export const runTooLong: Rule = {
  id: 'run-too-long',
  severity: 'warning',
  title: 'The waits of one way do not sum to more than a year',
  explain:
    'The waits on one way through the journey sum to more than a year, though each of them is short enough.',
  why: 'A run that takes all of them outlives its contacts’ interest, and most of what is known of them. Mostly a unit was mixed up.',
  example: {
    wrong:
      '[{ "id": "autumn", "type": "wait", "for": "300 days" }, { "id": "winter", "type": "wait", "for": "100 days" }]',
    right:
      '[{ "id": "autumn", "type": "wait", "for": "200 days" }, { "id": "winter", "type": "wait", "for": "100 days" }]',
  },
  check: ({ sequences, lasts }) => {
    const [top] = sequences;
    if (!top || lasts.some(({ value }) => durationMs(value) > longestRunMs)) return [];
    const longest = lengthOf(top);
    return longest <= longestRunMs
      ? []
      : [
          {
            path: ['steps'],
            message: `the longest way through the journey waits ${describeDuration(longest)}, more than a year`,
            hint: 'if a unit was mixed up, shorten the wait; if it is meant, leave it',
          },
        ];
  },
};

const lengthOf = ({ steps }: SequenceEntry): number =>
  steps.reduce((sum, entry) => sum + stepLength(entry), 0);

const stepLength = ({ parts, branches }: StepEntry): number => {
  const own = (parts.lasts ?? []).reduce((sum, { value }) => sum + durationMs(value), 0);
  return own + Math.max(0, ...branches.map(lengthOf));
};
