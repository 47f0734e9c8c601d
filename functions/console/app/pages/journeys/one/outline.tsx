import { useMemo } from 'react';
import { createPlan, type PlanNode } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { cardWords } from '#statemachines/picture/words';
import { number } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import type { ReportView } from '../api-shapes.ts';

export interface OutlineProps {
  document: Journey;
  report: ReportView | undefined;
  onSelect(step: string): void;
}

/** The tree as nested lists: for narrow screens, and for those who hear it. */
export const Outline = ({ document, report, onSelect }: OutlineProps) => {
  const plan = useMemo(() => createPlan(document), [document]);
  const counts = useMemo(() => new Map(report?.steps.map((step) => [step.id, step])), [report]);
  const sequence = (nodes: readonly PlanNode[]) => (
    <ol>
      {nodes.map((node) => (
        <li key={node.id}>
          <button type="button" className="outline-step" onClick={() => onSelect(node.id)}>
            <strong>{cardWords(node).title}</strong>{' '}
            <span className="soft small">{cardWords(node).detail}</span>
          </button>
          <span className="faint small number"> {countOf(node.id)}</span>
          {node.branches.length > 0 && <ul>{node.branches.map((branch) => branchItem(node, branch))}</ul>}
        </li>
      ))}
    </ol>
  );
  const branchItem = (node: PlanNode, { answer, steps }: PlanNode['branches'][number]) => {
    const figure = counts.get(node.id)?.answers.find((one) => one.answer === answer);
    return (
      <li key={answer}>
        <em>{answer}</em> <span className="faint small number">{figure && number(figure.count)}</span>
        {steps.length > 0 && sequence(steps)}
      </li>
    );
  };
  const countOf = (step: string): string => {
    const entered = counts.get(step)?.entered;
    return entered === undefined ? '' : `${number(entered)} ${words.journeys.columns.entered.toLowerCase()}`;
  };
  return <div className="outline">{sequence(plan.steps)}</div>;
};
