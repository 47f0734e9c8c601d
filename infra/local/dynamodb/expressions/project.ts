import { attribute, type Item, setAttribute, type Value } from '../values/value.ts';
import { head } from './paths.ts';
import type { Path } from './syntax.ts';

/** The parts of the item that the paths lead to; elements of lists close up in the list's order. */
export const project = (item: Item, paths: readonly Path[]): Item => {
  const result: Item = {};
  const byHead = Map.groupBy(paths, head);
  for (const [name, group] of byHead) {
    const value = attribute(item, name);
    const kept = value && projectValue(value, group, 1);
    if (kept) setAttribute(result, name, kept);
  }
  return result;
};

/** `depth` parts of the paths lead to the value. */
const projectValue = (value: Value, paths: readonly Path[], depth: number): Value | undefined => {
  if (paths.some((path) => path.length === depth)) return value;
  const byPart = Map.groupBy(paths, (path) => path[depth]!);
  if (value.L) return projectList(value.L, byPart, depth);
  const M: Item = {};
  for (const [part, group] of byPart) {
    const member = value.M && typeof part === 'string' ? attribute(value.M, part) : undefined;
    const kept = member && projectValue(member, group, depth + 1);
    if (kept) setAttribute(M, part as string, kept);
  }
  return Object.keys(M).length > 0 ? { M } : undefined;
};

const projectList = (
  list: readonly Value[],
  byPart: ReadonlyMap<string | number, readonly Path[]>,
  depth: number,
): Value | undefined => {
  const L = list.flatMap((element, i) => {
    const group = byPart.get(i);
    const kept = group && projectValue(element, group, depth + 1);
    return kept ? [kept] : [];
  });
  return L.length > 0 ? { L } : undefined;
};
