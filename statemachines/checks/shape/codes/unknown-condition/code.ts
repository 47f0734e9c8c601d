import type { Explained } from '#kernel/explained';

export const unknownCondition: Explained = {
  id: 'unknown-condition',
  severity: 'error',
  title: 'A condition has one of the forms of the language',
  explain:
    'An object under `if` begins with one of `all`, `any`, `not`, `contact`, `trigger`, `results`, `did`, `message`, `tag`, `segment`, `consent`, `score`, `stage`.',
  why: 'Conditions are a closed grammar, so that they can be explained, simulated and never become code.',
  example: {
    place: 'condition',
    wrong: '{ "field": "plan", "equals": "pro" }',
    right: '{ "contact": "plan", "is": "pro" }',
  },
};
