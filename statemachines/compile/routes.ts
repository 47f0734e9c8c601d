import { safeSeconds } from './lifetime.ts';
import type { Plan, PlanEdge, PlanNode } from './plan.ts';

/** Questions about the graph that decide which states a node needs. */

export const nodeOf = (plan: Plan, id: string): PlanNode => {
  const node = plan.nodes.get(id);
  if (!node) throw new Error(`the plan has no node ${id}`);
  return node;
};

/** The node after an action or plain wait; of a node with answers, the one it falls through to. */
export const fallbackOf = (node: PlanNode): string => {
  const edge =
    node.edges.find(({ kind }) => kind === 'next' || kind === 'otherwise') ??
    node.edges.findLast(({ kind }) => kind === 'answer');
  if (!edge) throw new Error(`nothing follows ${node.id}`);
  return edge.to;
};

/** The wait that an action takes in: one that only waits. */
export const waitAfter = (plan: Plan, node: PlanNode): PlanNode | undefined => {
  if (node.kind !== 'action' || node.form.jump) return undefined;
  const after = nodeOf(plan, fallbackOf(node));
  return after.kind === 'wait' && !after.form.acts ? after : undefined;
};

/**
 * What a machine can write down as the length of a wait. A longer one may meet the end of its execution; then
 * the rest of it is reckoned anew, so the machine asks when the wait is reached.
 */
export const fixedSeconds = ({ form: { seconds } }: PlanNode): number | undefined =>
  seconds !== undefined && seconds <= safeSeconds ? seconds : undefined;

/** A wait that shares the state of the action before it, as its length is known when it is compiled. */
export const mergedWait = (plan: Plan, node: PlanNode): PlanNode | undefined => {
  const wait = waitAfter(plan, node);
  return wait && fixedSeconds(wait) !== undefined ? wait : undefined;
};

/** Edges that success takes. A wait mostly falls through by its timeout, which is an error in ASL. */
const answered = (node: PlanNode): readonly PlanEdge[] =>
  node.kind === 'wait' && !node.form.unmatched
    ? node.edges.filter(({ kind }) => kind !== 'otherwise')
    : node.edges;

/** The one node that every answer leads to, if there is but one: then nothing needs to choose. */
export const onlyTarget = (node: PlanNode): string | undefined => {
  const targets = new Set(answered(node).map(({ to }) => to));
  return targets.size === 1 ? [...targets][0] : undefined;
};

/** Answers that lead elsewhere than the fallback. */
export const rulesOf = (node: PlanNode): { index: number; to: string }[] =>
  answered(node).flatMap(({ index, to }) =>
    index === undefined || to === fallbackOf(node) ? [] : [{ index, to }],
  );
