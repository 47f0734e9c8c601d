import { expect, it } from 'vitest';
import { factsOf } from '../run-facts.examples.ts';
import { run } from './run.ts';
import type { SplitStep } from './schema.ts';

const arm = (name: string, weight: number) => ({ name, weight, steps: [] });
const step: SplitStep = { id: 's', type: 'split', arms: [arm('a', 20), arm('none', 0), arm('b', 80)] };

const armOf = (id: string, contact: string, changes: Partial<SplitStep> = {}): string => {
  const [effect] = run(
    { ...step, ...changes },
    factsOf({ run: { id, journey: 'j', contact, startedAt: 0 } }),
  );
  return effect?.kind === 'answer' ? effect.answer : 'no answer';
};
const runs = Array.from({ length: 5000 }, (_, i) => `run-${i}`);

it('draws the same arm for the same run and step, however often it is asked', () => {
  for (const id of runs.slice(0, 50)) expect(armOf(id, 'c')).toBe(armOf(id, 'c'));
});

it('keeps the weights', () => {
  const count = (name: string) => runs.filter((id) => armOf(id, 'c') === name).length / runs.length;
  expect(count('a')).toBeCloseTo(0.2, 1);
  expect(count('b')).toBeCloseTo(0.8, 1);
  expect(count('none')).toBe(0);
});

it('draws independently at two steps of one run', () => {
  const same = runs.filter((id) => armOf(id, 'c') === armOf(id, 'c', { id: 'other' })).length / runs.length;
  expect(same).toBeCloseTo(0.2 * 0.2 + 0.8 * 0.8, 1);
});

it('with sticky keeps the arm of the contact over all runs', () => {
  for (const contact of ['x', 'y', 'z'])
    expect(new Set(runs.slice(0, 30).map((id) => armOf(id, contact, { sticky: true }))).size).toBe(1);
  expect(new Set(runs.slice(0, 30).map((id) => armOf(id, 'x'))).size).toBe(2);
});

it('always finds an arm, also when weights sum to a hair under 100', () => {
  const thirds = [arm('a', 33.3), arm('b', 33.3), arm('c', 33.3)];
  for (const id of runs) expect(armOf(id, 'c', { arms: thirds })).toMatch(/^[abc]$/);
});
