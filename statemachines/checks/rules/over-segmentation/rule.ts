import type { Condition } from '#conditions/schema';
import { innerConditions } from '#conditions/walk';
import type { Rule } from '../../rule.ts';

const mostCriteria = 3;

export const overSegmentation: Rule = {
  id: 'over-segmentation',
  severity: 'warning',
  title: `A condition has at most ${mostCriteria} criteria`,
  explain:
    'A criterion is one question about the contact. `all`, `any` and `not` only join criteria and do not count.',
  why: 'With each further criterion the audience shrinks, until a result says nothing about it. Begin broad, and split where the numbers allow it.',
  example: {
    place: 'condition',
    wrong: '{ "all": [{ "tag": "a" }, { "tag": "b" }, { "tag": "c" }, { "stage": "lead" }] }',
    right: '{ "all": [{ "tag": "a" }, { "tag": "b" }, { "stage": "lead" }] }',
  },
  check: ({ conditions }) =>
    conditions
      .map(({ path, value }) => ({ path, count: countCriteria(value) }))
      .filter(({ count }) => count > mostCriteria)
      .map(({ path, count }) => ({
        path,
        message: `this condition has ${count} criteria; more than ${mostCriteria} make audiences too small to learn from`,
        hint: 'keep the criteria that matter most, or decide in two steps',
      })),
};

/** Questions asked about the contact; lists and `not` only join them. */
const countCriteria = (condition: Condition): number => {
  if ('did' in condition) return 1;
  const parts = innerConditions(condition);
  return parts.length === 0 ? 1 : parts.reduce((sum, [inner]) => sum + countCriteria(inner), 0);
};
