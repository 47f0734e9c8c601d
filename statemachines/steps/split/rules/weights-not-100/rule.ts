import { type Rule, stepRule } from '../../../../checks/rule.ts';
import type { SplitStep } from '../../schema.ts';

export const weightsNot100: Rule = stepRule<SplitStep>('split', {
  id: 'weights-not-100',
  severity: 'error',
  title: 'The weights of a split sum to 100',
  explain: 'A weight is the percentage of the runs that takes an arm.',
  why: 'If the weights sum to less, it is not said where the rest should go; if they sum to more, some arm gets less than was written.',
  example: {
    wrong: `{ "id": "test", "type": "split", "arms": [
  { "name": "a", "weight": 50, "steps": [] },
  { "name": "b", "weight": 40, "steps": [] }
] }`,
    right: `{ "id": "test", "type": "split", "arms": [
  { "name": "a", "weight": 50, "steps": [] },
  { "name": "b", "weight": 50, "steps": [] }
] }`,
  },
  check: ({ id, arms }) => {
    const weights = arms.map((arm) => arm.weight);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (Math.abs(sum - 100) < 0.1) return [];
    const message = `the weights of step "${id}" (${weights.join(' + ')}) sum to ${sum}, not to 100`;
    return [{ path: ['arms'], message, hint: evenly(weights.length) }];
  },
});

const evenly = (arms: number): string => {
  const each = Math.floor(100 / arms);
  const weights = Array.from({ length: arms }, (_, i) => (i < 100 - each * arms ? each + 1 : each));
  return `for even arms write ${weights.join(', ')}`;
};
