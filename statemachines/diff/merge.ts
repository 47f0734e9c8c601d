import { endId, type Plan, type PlanBranch, type PlanNode } from '../compile/plan.ts';
import type { Mark } from '../picture/mark.ts';
import { branchesOf, earlierBranch } from './branches.ts';
import type { Change } from './change.ts';
import { kept } from './kept.ts';

/** Two trees laid over each other: the newer one, with what is gone at the place where it stood. */
export interface Merged {
  steps: PlanNode[];
  /** By node and branch of the merged tree. */
  marks: ReadonlyMap<object, Mark>;
}

export const mergePlans = (before: Plan, after: Plan, changes: readonly Change[]): Merged => {
  const merger: Merger = { before, after, changes: byStep(changes), marks: new Map() };
  return { steps: mergeSequences(before.steps, after.steps, merger), marks: merger.marks };
};

interface Merger {
  before: Plan;
  after: Plan;
  changes: ReadonlyMap<string, Change[]>;
  marks: Map<object, Mark>;
}

const byStep = (changes: readonly Change[]): Map<string, Change[]> =>
  Map.groupBy(
    changes.filter(({ step }) => step !== undefined),
    ({ step }) => step as string,
  );

const mergeSequences = (
  before: readonly PlanNode[],
  after: readonly PlanNode[],
  merger: Merger,
): PlanNode[] => {
  const same = kept(before.map(keyOf), after.map(keyOf));
  const merged: PlanNode[] = [];
  let at = 0;
  for (const node of after) {
    if (same.has(keyOf(node))) {
      const place = before.findIndex((other, i) => i >= at && keyOf(other) === keyOf(node));
      merged.push(...before.slice(at, place).flatMap((gone) => ghostOf(gone, merger)));
      at = place + 1;
    }
    merged.push(mergeNode(node, merger));
  }
  merged.push(...before.slice(at).flatMap((gone) => ghostOf(gone, merger)));
  return merged.map((node, i) => (i < merged.length - 1 ? passable(node, merger) : node));
};

const keyOf = ({ id, type }: PlanNode): string => `${type} ${id}`;

/** An exit that something gone stood behind would hide it. */
const passable = (node: PlanNode, { marks }: Merger): PlanNode => {
  if (node.edges.length > 0) return node;
  const open: PlanNode = { ...node, edges: [{ to: endId, kind: 'next' }] };
  const mark = marks.get(node);
  if (mark) marks.set(open, mark);
  return open;
};

const mergeNode = (node: PlanNode, merger: Merger): PlanNode => {
  const earlier = merger.before.nodes.get(node.id);
  const known = earlier && keyOf(earlier) === keyOf(node) ? earlier : undefined;
  const merged: PlanNode = { ...node, branches: mergeBranches(known, node, merger) };
  const mark = markOf(merger.changes.get(node.id) ?? []);
  if (mark) merger.marks.set(merged, mark);
  return merged;
};

const markOf = (changes: readonly Change[]): Mark | undefined => {
  const of = (kind: Change['kind']) => changes.filter((change) => change.kind === kind);
  if (of('added').length > 0) return { kind: 'added' };
  const says = of('changed').map((change) => change.says);
  if (of('moved').length > 0) return { kind: 'moved', says };
  return says.length > 0 ? { kind: 'changed', says } : undefined;
};

const mergeBranches = (earlier: PlanNode | undefined, node: PlanNode, merger: Merger): PlanBranch[] => {
  if (!earlier) return node.branches.map((branch) => withSteps(branch, [], merger));
  const before = earlierAnswers(earlier, node);
  const used = new Set<PlanBranch>();
  const present = node.branches.map((branch) => {
    const old = earlier.branches.find(
      ({ answer }) => answer === (before.get(branch.answer) ?? branch.answer),
    );
    if (old) used.add(old);
    const merged = withSteps(branch, old?.steps ?? [], merger);
    if (!old) merger.marks.set(merged, { kind: 'added' });
    return merged;
  });
  const gone = earlier.branches
    .filter((branch) => !used.has(branch))
    .map((branch) => ghostBranch(branch, merger));
  return [...present, ...gone];
};

/** What the answers of a step were called before, where they got other words. */
const earlierAnswers = (earlier: PlanNode, node: PlanNode): Map<string, string> => {
  if (!earlier.step || !node.step) return new Map();
  const [before, after] = [branchesOf(earlier.step), branchesOf(node.step)];
  return new Map(
    after.flatMap((branch): [string, string][] => {
      const old = earlierBranch(branch, before, after);
      return old ? [[branch.words, old.words]] : [];
    }),
  );
};

const withSteps = (branch: PlanBranch, before: readonly PlanNode[], merger: Merger): PlanBranch => ({
  ...branch,
  steps: mergeSequences(before, branch.steps, merger),
});

const ghostBranch = (branch: PlanBranch, merger: Merger): PlanBranch => {
  const ghost: PlanBranch = { ...branch, steps: branch.steps.flatMap((node) => ghostOf(node, merger)) };
  merger.marks.set(ghost, { kind: 'removed' });
  return ghost;
};

/** What is gone stays to be seen; what only moved is drawn where it is now. */
const ghostOf = (node: PlanNode, merger: Merger): PlanNode[] => {
  const now = merger.after.nodes.get(node.id);
  if (now && keyOf(now) === keyOf(node)) return [];
  const ghost: PlanNode = {
    ...node,
    branches: node.branches.map((branch) => ghostBranch(branch, merger)),
    edges: node.edges.length > 0 ? node.edges : [{ to: endId, kind: 'next' }],
  };
  merger.marks.set(ghost, { kind: 'removed' });
  return [ghost];
};
