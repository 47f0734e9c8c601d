import type { Repair } from '../../../../checks/fix/repair.ts';
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
    const parts = asPercent(weights, sum);
    const hint = parts ? `weights are percent: write ${parts.join(', ')}` : evenly(weights.length);
    return [{ path: ['arms'], message, hint, ...(parts && { repair: inPercent(weights, parts) }) }];
  },
});

/** Fractions of one, such as 0.5 and 0.5; others that sum to 1 could as well be percent that are not complete. */
const asPercent = (weights: readonly number[], sum: number): number[] | undefined =>
  Math.abs(sum - 1) < 1e-6 && weights.some((weight) => !Number.isInteger(weight))
    ? weights.map((weight) => Math.round(weight * 1e8) / 1e6)
    : undefined;

const inPercent = (weights: readonly number[], parts: readonly number[]): Repair => ({
  says: `wrote the weights ${weights.join(', ')} as percent: ${parts.join(', ')}`,
  edits: parts.map((value, i) => ({ path: ['arms', i, 'weight'], value })),
});

const evenly = (arms: number): string => {
  const each = Math.floor(100 / arms);
  const weights = Array.from({ length: arms }, (_, i) => (i < 100 - each * arms ? each + 1 : each));
  return `for even arms write ${weights.join(', ')}`;
};
