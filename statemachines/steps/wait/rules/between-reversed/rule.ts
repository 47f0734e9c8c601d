import { durationMs } from '#kernel/durations';
import type { Repair } from '../../../../checks/fix/repair.ts';
import { type Rule, stepRule } from '../../../../checks/rule.ts';
import type { WaitStep } from '../../schema.ts';

export const betweenReversed: Rule = stepRule<WaitStep>('wait', {
  id: 'between-reversed',
  severity: 'error',
  title: 'The shorter wait comes first',
  explain: '`between` names the shortest and the longest wait, in this order.',
  why: 'Nothing lies between a long and a short wait; most likely the two were swapped.',
  example: {
    wrong: `{ "id": "pause", "type": "wait", "for": { "between": ["3 days", "1 day"] } }`,
    right: `{ "id": "pause", "type": "wait", "for": { "between": ["1 day", "3 days"] } }`,
  },
  check: ({ id, for: length }) => {
    if (typeof length !== 'object') return [];
    const [shortest, longest] = length.between;
    if (durationMs(shortest) <= durationMs(longest)) return [];
    const message = `step "${id}" waits between ${shortest} and ${longest}, but ${shortest} is longer`;
    const hint = `write ["${longest}", "${shortest}"]`;
    return [{ path: ['for', 'between'], message, hint, repair: swapped(shortest, longest) }];
  },
});

const swapped = (first: string, second: string): Repair => ({
  says: `swapped "${first}" and "${second}"`,
  edits: [
    { path: ['for', 'between', 0], value: second },
    { path: ['for', 'between', 1], value: first },
  ],
});
