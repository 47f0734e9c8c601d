import { describeDuration, durationMs } from '#kernel/durations';
import type { Rule } from '../../rule.ts';
import type { SequenceEntry, StepEntry } from '../../view.ts';
import { longestRunMs } from '../wait-too-long/rule.ts';

export const runTooLong: Rule = {
  id: 'run-too-long',
  severity: 'warning',
  title: 'The waits of one way do not sum to more than a year',
  explain: 'Each wait may be short enough, but a run that takes all of them would outlive its state machine.',
  example: {
    wrong: '[{ "type": "wait", "for": "300 days" }, { "type": "wait", "for": "100 days" }]',
    right: '[{ "type": "wait", "for": "200 days" }, { "type": "wait", "for": "100 days" }]',
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
            message: `the longest way through the journey waits ${describeDuration(longest)}; a run may last 365 days`,
            hint: 'shorten some waits, or split the journey in two',
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
