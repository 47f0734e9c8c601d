import { attribute, type Item, type Value } from '../values/value.ts';
import { ExpressionProblem } from './reader.ts';
import type { Path } from './syntax.ts';

/** `{ '#n': 'name' }`; every placeholder that an expression mentions is known to be in it. */
export type Names = Readonly<Record<string, string>>;

const isPlaceholder = (part: string | number): part is string =>
  typeof part === 'string' && part.startsWith('#');

/** The same path with its placeholders replaced. */
export const resolved = (path: Path, names: Names): Path =>
  path.some(isPlaceholder) ? path.map((part) => (isPlaceholder(part) ? names[part]! : part)) : path;

/** The name of the top-level attribute. */
export const head = (path: Path): string => path[0] as string;

export const valueAt = (item: Item, path: Path): Value | undefined => {
  let value = attribute(item, head(path));
  for (let i = 1; value !== undefined && i < path.length; i++) {
    const part = path[i]!;
    if (typeof part === 'number') value = value.L?.[part];
    else value = value.M && attribute(value.M, part);
  }
  return value;
};

/** @throws ExpressionProblem when one path leads into another, or one is a list's and the other a map's. */
export const refuseOverlaps = (paths: readonly Path[]): void => {
  for (const [i, second] of paths.entries())
    for (const first of paths.slice(0, i)) {
      const relation = relationOf(first, second);
      if (relation)
        throw new ExpressionProblem(
          `Two document paths ${relation} with each other; must remove or rewrite one of these paths; ` +
            `path one: ${describe(first)}, path two: ${describe(second)}`,
        );
    }
};

const relationOf = (first: Path, second: Path): 'overlap' | 'conflict' | undefined => {
  for (let i = 0; i < first.length && i < second.length; i++) {
    if (typeof first[i] !== typeof second[i]) return 'conflict';
    if (first[i] !== second[i]) return undefined;
  }
  return 'overlap';
};

export const describe = (path: Path): string =>
  `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`;
