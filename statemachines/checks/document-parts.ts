import type { Trigger } from '../../shared/conditions/triggers.ts';
import type { Journey } from '../document/schema.ts';
import { type At, type Path, present, type StepParts } from '../steps/parts.ts';

type Members = Pick<Journey, 'enter' | 'exit' | 'goal'>;

/** Conditions and triggers outside of steps, as far as their shape is right. */
export const documentParts = (raw: Record<string, unknown>, broken: readonly Path[]): StepParts => {
  const { enter, exit, goal } = raw as Partial<Members>;
  const rules = listed(['exit'], exit);
  const intact = <T>(parts: At<T>[]): At<T>[] =>
    parts.filter(({ path }) => !broken.some((wrong) => overlaps(path, wrong)));
  return {
    conditions: intact([
      ...present(['enter', 'if'], enter?.if),
      ...rules.flatMap(({ path, value }) => present([...path, 'if'], value?.if)),
    ]),
    triggers: intact<Trigger>([
      ...listed(['enter', 'on'], enter?.on),
      ...rules.flatMap(({ path, value }) => present([...path, 'on'], value?.on)),
      ...present(['goal', 'on'], goal?.on),
    ]),
  };
};

const listed = <T>(path: Path, values: readonly T[] | undefined): At<T>[] =>
  Array.isArray(values) ? values.map((value, i) => ({ path: [...path, i], value })) : [];

/** Is one of the two paths inside of the other? */
const overlaps = (a: Path, b: Path): boolean => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
};
