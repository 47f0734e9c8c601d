import { expect, it } from 'vitest';
import { day, factsOf, start } from '../run-facts.examples.ts';
import { run } from './run.ts';
import type { TaskStep } from './schema.ts';

const plain: TaskStep = { id: 't', type: 'task', team: 'sales', title: 'Call', due: '1 day' };
const asking: TaskStep = {
  ...plain,
  outcomes: ['reached', 'no answer'],
  branches: [{ answer: 'reached', steps: [] }],
  atMost: '4 days',
};
const given = { kind: 'task', team: 'sales', title: 'Call', dueSeconds: 86_400 };

it('gives the task and goes on when no outcome is asked for', () => {
  expect(run(plain, factsOf())).toEqual([given]);
});
it('gives the task and waits for its outcome', () => {
  expect(run(asking, factsOf())).toEqual([
    { ...given, outcomes: ['reached', 'no answer'], openUntil: start + 4 * day },
    { kind: 'wait', until: start + 4 * day },
  ]);
});
it('takes the branch of the outcome, and otherwise when there is none', () => {
  const answered = (outcome: string) =>
    run(asking, factsOf({ outcome: (step) => (step === 't' ? outcome : undefined) }));
  expect(answered('reached')).toEqual([{ kind: 'answer', branch: 0, answer: 'reached' }]);
  expect(answered('no answer')).toEqual([{ kind: 'answer', branch: -1, answer: 'no answer' }]);
});
