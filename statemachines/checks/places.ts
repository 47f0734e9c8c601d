import { isObject } from '#kernel/json';
import { shortened } from '#kernel/words';
import type { Path } from '../steps/parts.ts';

/** The value at `path`; `undefined` when it is not there. */
export const valueAt = (root: unknown, path: Path): unknown => {
  let value = root;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string | number, unknown>)[name];
  }
  return value;
};

/** A step stands directly in a list called `steps`. */
export const isStepPath = (path: Path): boolean => typeof path.at(-1) === 'number' && path.at(-2) === 'steps';

/** The step that something belongs to; the document itself (`[]`) when it is in none. */
export const stepPathOf = (path: Path): Path => {
  for (let length = path.length; length > 1; length--)
    if (isStepPath(path.slice(0, length))) return path.slice(0, length);
  return [];
};

/** Words for the place: `step "confirm"`, `branch "Clicked" of step "reaction"`, `"enter"`. */
export const placeOf = (root: unknown, path: Path): string => {
  const step = stepPathOf(path);
  const inner = path.slice(step.length);
  const owner = step.length === 0 ? 'the journey' : nameOfStep(root, step);
  const branch = step.length === 0 ? undefined : nameOfBranch(root, step, inner);
  const from = branch === undefined ? owner : `${branch} of ${owner}`;
  const member = inner
    .slice(branch === undefined ? 0 : branchLength(inner))
    .filter((part) => typeof part === 'string')
    .join('.');
  if (member === '') return from;
  return step.length === 0 ? `"${member}"` : `"${member}" of ${from}`;
};

export const nameOfStep = (root: unknown, path: Path): string => {
  const step = valueAt(root, path);
  const id = isObject(step) ? step.id : undefined;
  return typeof id === 'string'
    ? `step "${shortened(id)}"`
    : `step ${Number(path.at(-1)) + 1} of "${path.slice(0, -1).join('.')}"`;
};

const branchLength = (inner: Path): number => (typeof inner[1] === 'number' ? 2 : 1);

const nameOfBranch = (root: unknown, step: Path, inner: Path): string | undefined => {
  if (inner[0] === 'otherwise') return '"otherwise"';
  if (inner[0] !== 'branches' && inner[0] !== 'arms') return undefined;
  if (typeof inner[1] !== 'number') return undefined;
  const branch = valueAt(root, [...step, inner[0], inner[1]]);
  const words = isObject(branch) ? (branch.answer ?? branch.name) : undefined;
  const kind = inner[0] === 'arms' ? 'arm' : 'branch';
  return typeof words === 'string' ? `${kind} "${shortened(words)}"` : `${kind} ${inner[1] + 1}`;
};
