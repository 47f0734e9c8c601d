import type { Plan, PlanBranch, PlanNode } from '../compile/plan.ts';

/**
 * Why nothing reaches a step or takes an answer, in words, by step id and by `<step>/<answer>`. What is
 * not known is left out.
 * @param failures of the search, by the key of the way that it looked for
 */
export const whyUnreached = (
  plan: Plan,
  failures: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> => {
  const reasons = new Map<string, string>();
  explain(plan.steps, undefined, { failures, reasons });
  return reasons;
};

interface Notes {
  failures: ReadonlyMap<string, string>;
  reasons: Map<string, string>;
}

const explain = (steps: readonly PlanNode[], outer: string | undefined, notes: Notes): void => {
  for (const node of steps) {
    const own = outer ?? notes.failures.get(`${node.id}/do`);
    if (own !== undefined) notes.reasons.set(node.id, own);
    for (const branch of node.branches) {
      const reason = own ?? branchReason(node, branch, notes);
      if (reason !== undefined) notes.reasons.set(`${node.id}/${branch.answer}`, reason);
      explain(branch.steps, reason, notes);
    }
  }
};

const branchReason = (node: PlanNode, { answer, index, way }: PlanBranch, { failures }: Notes) => {
  if (way === undefined) return `the arm "${answer}" of "${node.id}" has the weight 0`;
  return way.by === 'event' && 'segment' in way.on
    ? `"${answer}" waits for the segment "${way.on.segment}": no event makes a contact ${way.on.when === 'leaves' ? 'leave' : 'enter'} it by itself`
    : failures.get(`${node.id}/${index}`);
};
