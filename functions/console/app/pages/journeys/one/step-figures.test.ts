import { expect, test } from 'vitest';
import type { StepReport } from '../api-shapes.ts';
import { answerFigures, stepFigures } from './step-figures.ts';

const step = (more: Partial<StepReport>): StepReport => ({
  ...{
    id: 's',
    name: 'S',
    type: 'email',
    entered: 0,
    waiting: 0,
    sent: 0,
    delivered: 0,
    opened: 0,
    clicked: 0,
  },
  ...{
    bounced: 0,
    exited: 0,
    complained: 0,
    converted: 0,
    indeterminate: 0,
    held: {},
    skipped: {},
    failed: {},
    answers: [],
  },
  ...more,
});

test('a message is measured against what was sent, not against who came', () => {
  const figures = stepFigures(
    step({ entered: 100, sent: 80, delivered: 76, opened: 40, clicked: 8, converted: 4 }),
  );
  expect(figures.map(({ value }) => value)).toEqual([
    '100',
    '80',
    '76 · 95 %',
    '40 · 50 %',
    '8 · 10 %',
    '4 · 5 %',
  ]);
});

test('what did not happen is not listed; what was skipped is, with its reason', () => {
  const figures = stepFigures(step({ entered: 3, skipped: { 'no-consent': 2 }, failed: { bounced: 1 } }));
  expect(figures.map(({ name, value }) => `${name} ${value}`)).toEqual([
    'Came here 3',
    'Skipped: no-consent 2',
    'Failed: bounced 1',
  ]);
});

const rate = (count: number, of: number, low: number, high: number) => ({
  ...{ count, of, value: count / of, low, high },
});

test('answers have their share, and what of them reached the goal with its interval', () => {
  const answers = [
    { answer: 'Yes', branch: 0, count: 3, converted: 1, goal: rate(1, 3, 0.06, 0.79) },
    { answer: 'No', branch: -1, count: 1, converted: 0, goal: rate(0, 1, 0, 0.79) },
    { answer: 'Never', branch: 1, count: 0, converted: 0 },
  ];
  expect(answerFigures(step({ answers })).map(({ share, goal }) => [share, goal])).toEqual([
    ['75 %', '33.3 % (6 % to 79 %, of 3) reached the goal'],
    ['25 %', '0 % (0 % to 79 %, of 1) reached the goal'],
    ['0 %', ''],
  ]);
});
