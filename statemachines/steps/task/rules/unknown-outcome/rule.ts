import { nearest } from '#kernel/nearest';
import { oneOf } from '#kernel/words';
import { type Finding, type Rule, stepRule } from '../../../../checks/rule.ts';
import type { TaskStep } from '../../schema.ts';

export const unknownOutcome: Rule = stepRule<TaskStep>('task', {
  id: 'unknown-outcome',
  severity: 'error',
  title: 'Each branch of a task is one of its outcomes',
  explain: 'The `answer` of a branch is one of the words in `outcomes`, letter for letter.',
  why: 'A colleague can answer only with one of the outcomes, so a branch with another word is never taken.',
  example: {
    wrong: `{ "id": "call", "type": "task", "team": "sales", "title": "Call", "outcomes": ["reached"],
  "branches": [{ "answer": "Reached", "steps": [] }], "atMost": "4 days" }`,
    right: `{ "id": "call", "type": "task", "team": "sales", "title": "Call", "outcomes": ["reached"],
  "branches": [{ "answer": "reached", "steps": [] }], "atMost": "4 days" }`,
  },
  check: ({ id, outcomes, branches = [] }) =>
    branches.flatMap(({ answer }, i) =>
      !outcomes || outcomes.includes(answer) ? [] : [notAnOutcome(id, answer, i, outcomes)],
    ),
});

const notAnOutcome = (id: string, answer: string, index: number, outcomes: readonly string[]): Finding => {
  const meant = nearest(answer, outcomes);
  return {
    path: ['branches', index, 'answer'],
    message: `"${answer}" is no outcome of task "${id}"; its outcomes are ${oneOf(outcomes, 'and')}`,
    hint: meant === undefined ? `add "${answer}" to "outcomes"` : `did you mean "${meant}"?`,
  };
};
