import type { PlanBranch, PlanNode } from './plan.ts';

/**
 * Where a path ends for the people who read reports: `<step>/<answer>` of the last answer on it,
 * an exit's step id, or `end` where nothing was asked.
 */
export interface Leaf {
  id: string;
  step?: string;
  answer?: string;
}

export const leavesOf = (steps: readonly PlanNode[]): Leaf[] => {
  const taken = new Set<string>();
  return sequenceLeaves(steps, { id: 'end' }).map((leaf) => ({ ...leaf, id: unused(leaf.id, taken) }));
};

/** Two answers of one step may read the same; their leaves must not. */
const unused = (id: string, taken: Set<string>): string => {
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id} (${n})`;
  taken.add(free);
  return free;
};

const sequenceLeaves = (steps: readonly PlanNode[], own: Leaf): Leaf[] => {
  const last = steps.at(-1);
  const inner = steps.flatMap((node) => (node === last && isFinalExit(node) ? [] : nodeLeaves(node)));
  if (!steps.some((node) => node.branches.length > 0)) return [...inner, finalLeaf(last, own)];
  return last && isFinalExit(last) ? [...inner, { id: last.id, step: last.id }] : inner;
};

/** A branch that an exit ends is one leaf, called by its answer. */
const finalLeaf = (last: PlanNode | undefined, own: Leaf): Leaf =>
  last && own.step === undefined && isFinalExit(last) ? { id: last.id, step: last.id } : own;

const nodeLeaves = (node: PlanNode): Leaf[] => {
  if (node.kind === 'exit') return [{ id: node.id, step: node.id }];
  const skip = node.edges.some((edge) => edge.kind === 'skip') ? [answerLeaf(node.id, 'skipped')] : [];
  return [...node.branches.flatMap((branch) => branchLeaves(node, branch)), ...skip];
};

const branchLeaves = (node: PlanNode, branch: PlanBranch): Leaf[] =>
  sequenceLeaves(branch.steps, answerLeaf(node.id, branch.answer));

const answerLeaf = (step: string, answer: string): Leaf => ({ id: `${step}/${answer}`, step, answer });

const isFinalExit = (node: PlanNode): boolean => node.kind === 'exit' && node.edges.length === 0;
