import type { Explained } from '#kernel/explained';

export const missingOperator: Explained = {
  id: 'missing-operator',
  severity: 'error',
  title: 'A comparison says what it compares with',
  explain: 'A path alone is no condition: an operator such as `is`, `atLeast` or `exists` is missing.',
  why: 'Whether it should be there, be equal or be large is not said. To ask whether there is a value at all, write `"exists": true`.',
  example: {
    place: 'condition',
    wrong: '{ "contact": "companySize" }',
    right: '{ "contact": "companySize", "atLeast": 50 }',
  },
};
