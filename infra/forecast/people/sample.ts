import { createChance } from '../../local/chance.ts';
import type { Setting } from '../setting.ts';
import { walk } from './machine.ts';
import type { Outcome } from './outcome.ts';
import { Person } from './person.ts';

/** Lets so many imagined people walk the compiled machine. */
export const drawSample = (
  setting: Setting,
  size: number,
  progress: (done: number, of: number, what: string) => void = () => {},
): Outcome[] => {
  const chance = createChance(setting.seed);
  return Array.from({ length: size }, (_, i) => {
    if (i % 1000 === 0) progress(i, size, 'imagined people');
    const person = new Person(setting, chance, i);
    return person.finish(walk(setting.machine, person));
  });
};
