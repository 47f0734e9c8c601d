import type { Condition } from './schema.ts';

type Path = readonly (string | number)[];

/** Calls `visit` for a condition and every condition in it, outer first. `path` leads from `at`. */
export const walkCondition = (
  condition: Condition,
  visit: (condition: Condition, path: Path) => void,
  at: Path = [],
): void => {
  visit(condition, at);
  for (const [inner, path] of innerConditions(condition)) walkCondition(inner, visit, [...at, ...path]);
};

/** The conditions directly inside one. */
export const innerConditions = (condition: Condition): [Condition, Path][] => {
  if ('all' in condition) return condition.all.map((inner, i) => [inner, ['all', i]]);
  if ('any' in condition) return condition.any.map((inner, i) => [inner, ['any', i]]);
  if ('not' in condition) return [[condition.not, ['not']]];
  return 'did' in condition && condition.where ? [[condition.where, ['where']]] : [];
};
