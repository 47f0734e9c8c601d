import type { Trigger } from '#conditions/triggers';
import type { Journey } from '../document/schema.ts';
import { type At, type Path, present, type StepParts } from '../steps/parts.ts';

type Members = Pick<Journey, 'enter' | 'exit' | 'goal'>;

/** Conditions and triggers outside of steps, as far as their shape is right. */
export const documentParts = (raw: Record<string, unknown>, broken: readonly Path[]): StepParts => {
  const { enter, exit, goal } = raw as Partial<Members>;
  const rules = listed(['exit'], exit);
  const isBroken = touches(broken);
  const intact = <T>(parts: At<T>[]): At<T>[] => parts.filter(({ path }) => !isBroken(path));
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

/** Does a path lie within one of these, or hold one of them? */
const touches = (broken: readonly Path[]): ((path: Path) => boolean) => {
  const whole = new Set(broken.map(key));
  const above = new Set(broken.flatMap((path) => prefixes(path).map(key)));
  return (path) => above.has(key(path)) || prefixes(path).some((prefix) => whole.has(key(prefix)));
};
const key = (path: Path): string => path.join('/');
const prefixes = (path: Path): Path[] => path.map((_, i) => path.slice(0, i + 1));
