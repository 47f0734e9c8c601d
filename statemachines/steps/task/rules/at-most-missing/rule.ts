import { type Rule, stepRule } from '../../../../checks/rule.ts';
import type { TaskStep } from '../../schema.ts';

export const atMostMissing: Rule = stepRule<TaskStep>('task', {
  id: 'at-most-missing',
  severity: 'error',
  title: 'A task with outcomes says how long it waits',
  explain: 'With `outcomes` the run waits for the answer; `atMost` says how long.',
  why: 'A colleague may never answer. Then the run would stay here until its state machine is a year old, and fail.',
  example: {
    wrong: `{ "id": "call", "type": "task", "team": "sales", "title": "Call", "outcomes": ["reached"] }`,
    right: `{ "id": "call", "type": "task", "team": "sales", "title": "Call", "outcomes": ["reached"],
  "atMost": "4 days" }`,
  },
  check: ({ id, outcomes, atMost }) =>
    outcomes && atMost === undefined
      ? [
          {
            path: [],
            message: `task "${id}" waits for an outcome without an end`,
            hint: 'add "atMost": "4 days"',
          },
        ]
      : [],
});
