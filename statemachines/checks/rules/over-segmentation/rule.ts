import type { Condition } from '#conditions/schema';
import { innerConditions } from '#conditions/walk';
import type { Rule } from '../../rule.ts';

const mostCriteria = 3;

export const overSegmentation: Rule = {
  id: 'over-segmentation',
  severity: 'warning',
  title: `A condition has at most ${mostCriteria} criteria`,
  explain:
    'With each further criterion the audience shrinks, until a result says nothing. Begin broad; split when the numbers allow it.',
  example: {
    wrong: '{ "all": [C1, C2, C3, C4] }',
    right: '{ "all": [C1, C2, C3] }',
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
