import type { Comparison, Condition, Operators } from './schema.ts';

const sources = ['contact', 'trigger', 'results'] as const;

/** A comparison in its parts. */
export interface Compared {
  /** Whose value is compared. */
  source: (typeof sources)[number];
  /** Names joined by dots, from there. */
  path: string;
  operators: Operators;
}

/** `undefined` for conditions of other forms. */
export const comparisonIn = (condition: Condition): Compared | undefined => {
  const source = sources.find((name) => name in condition);
  if (source === undefined) return undefined;
  const { [source]: path, ...operators } = condition as Comparison & Record<typeof source, string>;
  return { source, path, operators };
};
