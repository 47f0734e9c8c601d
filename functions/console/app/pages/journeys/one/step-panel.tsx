import { useMemo } from 'react';
import { createPlan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { cardWords } from '#statemachines/picture/words';
import { Button, ButtonLink } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useSession } from '../../../session/session.tsx';
import { number } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import type { ReportView } from '../api-shapes.ts';
import { AnswerTimes, EvidenceOfStep, Links } from './evidence.tsx';
import { answerFigures, stepFigures } from './step-figures.ts';

const said = words.journeys.step;

export interface StepPanelProps {
  journey: Journey;
  step: string | undefined;
  report: ReportView | undefined;
  onClose(): void;
}

export const StepPanel = ({ journey, step, report, onClose }: StepPanelProps) => {
  const { may } = useSession();
  const plan = useMemo(() => createPlan(journey), [journey]);
  const node = step === undefined ? undefined : plan.nodes.get(step);
  const figures = report?.steps.find(({ id }) => id === step);
  if (!node)
    return (
      <aside className="tree-side" aria-label={said.title}>
        <p className="soft">{said.choose}</p>
      </aside>
    );
  const { title, detail, condition } = cardWords(node);
  return (
    <aside className="tree-side column" aria-label={said.title}>
      <div className="row-wide">
        <span className="small faint">
          {words.flow.kinds[node.kind]} · <code>{node.type}</code>
        </span>
        <Button tone="plain" onlyIcon aria-label={said.close} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <div className="column-tight">
        <h2>{title}</h2>
        {detail !== undefined && <p className="soft">{detail}</p>}
        {condition !== undefined && <p className="soft small">{condition}</p>}
        <p className="small faint mono">{node.id}</p>
      </div>
      {figures && (
        <>
          <dl className="facts number">
            {stepFigures(figures).map(({ name, value }) => (
              <Fact key={name} name={name} value={value} />
            ))}
          </dl>
          {figures.answers.length > 0 && <Answers figures={figures} />}
          {figures.evidence && <EvidenceOfStep evidence={figures.evidence} />}
          {figures.answerTimes && <AnswerTimes times={figures.answerTimes} />}
          {figures.links && figures.links.length > 0 && <Links links={figures.links} />}
        </>
      )}
      {may('author') && (
        <div className="row">
          <ButtonLink to={`/journeys/${journey.id}/edit?step=${node.id}`}>
            <Icon name="edit" />
            {said.edit}
          </ButtonLink>
        </div>
      )}
    </aside>
  );
};

const Fact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

const Answers = ({ figures }: { figures: ReportView['steps'][number] }) => (
  <div className="column-tight">
    <h3>{said.answers}</h3>
    <ul className="points">
      {answerFigures(figures).map(({ answer, count, share, goal }) => (
        <li key={answer} className="answer">
          <span>{answer}</span>
          <span className="number">{said.answerRate(number(count), share)}</span>
          <span className="small faint">{goal}</span>
        </li>
      ))}
    </ul>
  </div>
);
