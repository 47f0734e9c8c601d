import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPlan } from '#statemachines/compile/plan';
import { arrange } from '../flow/arrange.ts';
import { readableJourney, stepAt } from './readable.ts';

const file = join(import.meta.dirname, '../../../../infra/clients/acme/journeys/demo-follow-up.journey.json');
const document = JSON.parse(readFileSync(file, 'utf8'));
const head = { wayleaf: 1, id: 'a', name: 'A', enter: { on: [{ event: 'E' }] } };
const ask = (branches: unknown) => ({
  id: 'x',
  type: 'decide',
  question: 'Q',
  branches,
  otherwise: { steps: [] },
});

test('what is right is drawn as it is', () => {
  const { journey, steps } = readableJourney(document)!;
  expect(journey).toEqual(document);
  const ids = [...createPlan(document).nodes.keys()].filter((id) => id !== '#end');
  expect([...steps.values()].sort()).toEqual(ids.sort());
});

test.each<[string, unknown]>([
  ['a step without a type', { id: 'x' }],
  ['a type that does not exist', { id: 'x', type: 'mail' }],
  ['a text in the place of a step', 'x'],
  ['branches that are none', ask('no')],
  ['a condition that is none', ask([{ answer: 'A', if: 7, steps: [] }])],
  ['a jump to nowhere', { id: 'x', type: 'goto', step: 'nowhere', atMost: 2 }],
  ['a jump without a target', { id: 'x', type: 'goto' }],
  ['a wait for nothing', { id: 'x', type: 'wait' }],
  ['an id that is none', { id: 'No Id', type: 'wait', for: '1 day' }],
])('%s stands in its place, and the rest is drawn', (_, broken) => {
  const { journey } = readableJourney({
    ...head,
    steps: [broken, { id: 'after', type: 'wait', for: '1 day' }],
  })!;
  const cards = arrange(journey).pieces.filter(({ kind }) => kind === 'card');
  expect(cards).toHaveLength(2);
  expect(cards.map(({ id }) => id)).toContain('after');
  for (const piece of cards)
    if (piece.kind === 'card' && piece.card.full.startsWith('Cannot be read yet'))
      expect(piece.card.full).toMatch(/^Cannot be read yet(: \w+)?$/);
});

test('a broken step within a branch leaves the decision above it whole', () => {
  const { journey } = readableJourney({
    ...head,
    steps: [ask([{ answer: 'A', if: { tag: 't' }, steps: [7] }])],
  })!;
  const pieces = arrange(journey).pieces.map(({ id }) => id);
  expect(pieces).toEqual(expect.arrayContaining(['x', 'x/A', 'step']));
});

test('two steps of one name are two; a broken head is no reason to show nothing', () => {
  const step = { id: 'same', type: 'wait', for: '1 day' };
  const { journey, steps } = readableJourney({ enter: 'no', steps: [step, step] })!;
  expect([...steps]).toEqual([
    ['/steps/0', 'same'],
    ['/steps/1', 'same-2'],
  ]);
  expect(arrange(journey).pieces.length).toBeGreaterThan(2);
});

test('what holds no steps has no tree', () => {
  for (const value of [undefined, null, 7, [], {}, { steps: 'no' }])
    expect(readableJourney(value)).toBeUndefined();
});

test('a place within a branch belongs to the innermost step', () => {
  const { steps } = readableJourney(document)!;
  expect(stepAt(steps, '/steps/2/otherwise/steps/0/arms/1/weight')).toBe('subject-test');
  expect(stepAt(steps, '/steps/1/template')).toBe('confirm');
  expect(stepAt(steps, '/enter/on')).toBeUndefined();
});
