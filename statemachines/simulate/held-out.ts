import type { Journey } from '../document/schema.ts';

/** Steps within an arm whose messages are counted and not sent. */
export const heldOutSteps = ({ steps }: Journey): ReadonlySet<string> => {
  const found = new Set<string>();
  look(steps, false, found);
  return found;
};

const look = (value: unknown, isHeldOut: boolean, found: Set<string>): void => {
  if (typeof value !== 'object' || value === null) return;
  const { id, holdout } = value as { id?: unknown; holdout?: unknown };
  if (isHeldOut && typeof id === 'string') found.add(id);
  for (const inner of Object.values(value)) look(inner, isHeldOut || holdout === true, found);
};
