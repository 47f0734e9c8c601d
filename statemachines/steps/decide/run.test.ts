import { expect, it } from 'vitest';
import { factsOf } from '../run-facts.examples.ts';
import { run } from './run.ts';
import type { DecideStep } from './schema.ts';

const step: DecideStep = {
  id: 'd',
  type: 'decide',
  question: 'How large?',
  branches: [
    { answer: 'Large', if: { contact: 'size', atLeast: 50 }, steps: [] },
    { answer: 'Known', if: { contact: 'size', exists: true }, steps: [] },
  ],
  otherwise: { steps: [] },
};

it('takes the first branch that is true, in the order in which they are written', () => {
  expect(run(step, factsOf({ fields: { size: 60 } }))).toEqual([
    { kind: 'answer', branch: 0, answer: 'Large' },
  ]);
  expect(run(step, factsOf({ fields: { size: 5 } }))).toEqual([
    { kind: 'answer', branch: 1, answer: 'Known' },
  ]);
});

it('falls to otherwise, under its own words if it has some', () => {
  expect(run(step, factsOf())).toEqual([{ kind: 'answer', branch: -1, answer: 'otherwise' }]);
  const named = { ...step, otherwise: { answer: 'Not known', steps: [] } };
  expect(run(named, factsOf())).toEqual([{ kind: 'answer', branch: -1, answer: 'Not known' }]);
});
