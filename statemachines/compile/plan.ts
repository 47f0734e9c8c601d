import { idPattern } from '#model/document-text';
import type { Journey, Step } from '../document/schema.ts';
import { formOf } from '../steps/registry.ts';
import { otherwise, type StepForm, skipped, type Way } from './form.ts';
import { type Leaf, leavesOf } from './leaves.ts';

/** A journey as a graph, and the tree it was written as. One plan serves machines, pictures, simulation and reports. */
export interface Plan {
  journey: { id: string; name?: string; objective?: string };
  /** Id of the first node. */
  start: string;
  /** The top sequence; branches hold theirs. */
  steps: readonly PlanNode[];
  /** Every node by id, in the order of the document, the end last. */
  nodes: ReadonlyMap<string, PlanNode>;
  leaves: readonly Leaf[];
}

export interface PlanNode {
  /** The step's id; `#end` for the end of the journey. */
  id: string;
  kind: StepForm['kind'] | 'end';
  name: string;
  /** The step's type as written; empty for the end. */
  type: string;
  step?: Step;
  form: StepForm;
  branches: readonly PlanBranch[];
  edges: readonly PlanEdge[];
}

export interface PlanBranch {
  answer: string;
  index: number;
  note?: string;
  way?: Way;
  steps: readonly PlanNode[];
  /** Node that the branch leads to: its first step, or what follows the decision. */
  to: string;
}

export interface PlanEdge {
  to: string;
  kind: 'next' | 'answer' | 'otherwise' | 'skip' | 'jump';
  /** The `answer` that takes this edge; absent on `next`. */
  index?: number;
  label?: string;
}

export const endId = '#end';

export const createPlan = (document: Journey): Plan => {
  const nodes = new Map<string, PlanNode>();
  const steps = planSequence(document.steps, endId, nodes);
  nodes.set(endId, endNode);
  refuseLostJumps(nodes);
  const { id, name, objective } = document;
  return {
    journey: { id, ...(name && { name }), ...(objective && { objective }) },
    start: steps[0]?.id ?? endId,
    steps,
    nodes,
    leaves: leavesOf(steps),
  };
};

const endNode: PlanNode = {
  id: endId,
  kind: 'end',
  name: 'Completed',
  type: '',
  form: { kind: 'exit', symbol: 'end' },
  branches: [],
  edges: [],
};

const planSequence = (steps: readonly Step[], after: string, nodes: Map<string, PlanNode>): PlanNode[] =>
  steps.map((step, i) => planStep(step, steps[i + 1]?.id ?? after, nodes));

const planStep = (step: Step, next: string, nodes: Map<string, PlanNode>): PlanNode => {
  refuseUnchecked(step.id, nodes);
  const form = formOf(step);
  const { id, type } = step;
  const node = { id, kind: form.kind, name: step.name ?? form.title ?? id, type, step, form };
  // A place is kept first, so that the map is in the order of the document.
  nodes.set(step.id, { ...node, branches: [], edges: [] });
  const branches = (form.branches ?? []).map((branch) => {
    const inner = planSequence(branch.steps, next, nodes);
    return { ...branch, steps: inner, to: inner[0]?.id ?? next };
  });
  const planned = { ...node, branches, edges: edgesOf(step, form, branches, next) };
  nodes.set(step.id, planned);
  return planned;
};

/** Ids are written into expressions: the last guard, should a document come here that was not checked. */
const refuseUnchecked = (id: string, nodes: ReadonlyMap<string, PlanNode>): void => {
  if (!idPattern.test(id)) throw new TypeError(`"${id}" is no id of a step`);
  if (nodes.has(id)) throw new TypeError(`two steps are called "${id}"`);
};

const refuseLostJumps = (nodes: ReadonlyMap<string, PlanNode>): void => {
  for (const { id, form } of nodes.values())
    if (form.jump && !nodes.has(form.jump.to))
      throw new TypeError(`step "${id}" leads to "${form.jump.to}", which does not exist`);
};

const edgesOf = (step: Step, form: StepForm, branches: readonly PlanBranch[], next: string): PlanEdge[] => {
  const skip: PlanEdge[] = step.if ? [{ to: next, kind: 'skip', index: skipped }] : [];
  if (form.kind === 'exit') return skip;
  // An action or a plain wait judges its own `if` and is over at once: no edge, no state.
  if (form.jump) return [jumpEdge(form.jump), { to: next, kind: 'next' }];
  if (branches.length === 0) return [{ to: next, kind: 'next' }];
  return [...branches.map(answerEdge), ...skip];
};

const jumpEdge = ({ to, atMost }: NonNullable<StepForm['jump']>): PlanEdge => ({
  to,
  kind: 'jump',
  index: 0,
  label: atMost === 1 ? 'once' : `at most ${atMost} times`,
});

const answerEdge = ({ answer, index, to }: PlanBranch): PlanEdge => ({
  to,
  kind: index === otherwise ? 'otherwise' : 'answer',
  index,
  label: answer,
});
