import { createChance } from '../../local/time/chance.ts';
import type { Setting } from '../setting.ts';
import { walk } from './machine.ts';
import type { Outcome } from './outcome.ts';
import { Person } from './person.ts';

export interface SampleOptions {
  progress?: ((done: number, of: number, what: string) => void) | undefined;
  /** Real milliseconds after which no more are drawn than these few. */
  patienceMs?: number | undefined;
}

const atLeast = 100;

/** Lets so many imagined people walk the compiled machine. */
export const drawSample = (
  setting: Setting,
  size: number,
  { progress, patienceMs = Number.POSITIVE_INFINITY }: SampleOptions = {},
): Outcome[] => {
  const chance = createChance(setting.seed);
  const until = performance.now() + patienceMs;
  const outcomes: Outcome[] = [];
  while (outcomes.length < size && (outcomes.length < atLeast || performance.now() < until)) {
    if (outcomes.length % 1000 === 0) progress?.(outcomes.length, size, 'imagined people');
    const person = new Person(setting, chance, outcomes.length);
    outcomes.push(person.finish(walk(setting.machine, person)));
  }
  return outcomes;
};
