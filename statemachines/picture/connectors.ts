import type { PlanNode } from '../compile/plan.ts';

/** Letters that join a jump with the step it goes to, where a line would cross half of the picture. */
export interface Connector {
  /** The letter of a step that jumps lead to. */
  enters?: string;
  /** The letter of the step that this one goes to. */
  leaves?: string;
}

/** By id of the step. Each target has one letter, in the order in which jumps to it are written. */
export const connectorsOf = (nodes: Iterable<PlanNode>): ReadonlyMap<string, Connector> => {
  const found = new Map<string, Connector>();
  let letters = 0;
  for (const { id, form } of nodes) {
    if (!form.jump) continue;
    const letter = found.get(form.jump.to)?.enters ?? letterOf(letters++);
    found.set(form.jump.to, { ...found.get(form.jump.to), enters: letter });
    found.set(id, { ...found.get(id), leaves: letter });
  }
  return found;
};

/** A … Z, A2 … Z2, and so on. */
const letterOf = (index: number): string =>
  String.fromCharCode(65 + (index % 26)) + (index < 26 ? '' : String(Math.floor(index / 26) + 1));
