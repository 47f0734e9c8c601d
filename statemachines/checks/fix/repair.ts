import type { Path } from '../../steps/parts.ts';

/** A change of the text that makes a document say what its author clearly meant. Data: `apply.ts` does it. */
export interface Repair {
  /** What is done, in the past: `renamed "templat" to "template"`. */
  says: string;
  edits: readonly Edit[];
  /** JSON Pointer of the issue it is for: if an error is left there, it was no repair. Absent where nothing was wrong. */
  mends?: string;
}

/** One change at a member (`rename`, `remove`) or a value (the others). Nothing around it is touched. */
export type Edit = { path: Path } & (
  | { rename: string }
  | { value: string | number | boolean | null }
  /** In square brackets. */
  | { wrap: true }
);

export const renamed = (path: Path, to: string): Repair => ({
  says: `renamed "${path.at(-1)}" to "${to}"`,
  edits: [{ path, rename: to }],
});

export const replaced = (path: Path, from: unknown, value: string | number | boolean): Repair => ({
  says: `wrote ${JSON.stringify(value)} for ${JSON.stringify(from)}`,
  edits: [{ path, value }],
});

export const wrapped = (path: Path): Repair => ({
  says: `put "${path.at(-1)}" in square brackets`,
  edits: [{ path, wrap: true }],
});
