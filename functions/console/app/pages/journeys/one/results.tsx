import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { Journey } from '#statemachines/document/schema';
import { countsOf } from '#statemachines/picture/counts';
import { arrange } from '../../../flow/arrange.ts';
import Flow from '../../../flow/flow.tsx';
import { Bones } from '../../../parts/bones.tsx';
import { Choice } from '../../../parts/choice.tsx';
import { Failed } from '../../../parts/failed.tsx';
import { Note } from '../../../parts/note.tsx';
import { words } from '../../../words/words.ts';
import type { ReportView } from '../api-shapes.ts';
import { useReport, useVersion } from '../queries.ts';
import { isSameDocument } from './compare.ts';
import { Figures } from './figures.tsx';
import type { PartProps } from './journey-page.tsx';
import { Outline } from './outline.tsx';
import { StepPanel } from './step-panel.tsx';
import { Suggestions } from './suggestions.tsx';
import { Tables } from './tables.tsx';

const said = words.journeys;

/** What became of everybody, on the version that is published; before the first, the draft. */
export const Results = ({ read: { journey } }: PartProps) => {
  const version = useVersion(journey.id, journey.version);
  const report = useReport(journey.id);
  const document = journey.version === undefined ? journey.document : version.data?.document;
  if (version.isError) return <Failed error={version.error} onAgain={() => void version.refetch()} />;
  // All at once, so that nothing moves down when the figures come.
  if (!document || report.isPending) return <Bones rows={3} tall />;
  const differs =
    journey.version !== undefined && journey.document && !isSameDocument(journey.document, document);
  return (
    <>
      {journey.paused && (
        <Note tone="warn">{said.pausedItself(said.pauseReasons[journey.paused.because])}</Note>
      )}
      {journey.version === undefined && <Note>{said.neverPublished}</Note>}
      {differs && (
        <Note>
          <p>
            {said.draftDiffers} <Link href={`/journeys/${journey.id}/versions`}>{said.seeDifference}</Link>
          </p>
        </Note>
      )}
      {report.data && <Figures report={report.data} hasGoal={document.goal !== undefined} />}
      <TreeCard document={document} report={report.data ?? undefined} />
      {report.data?.suggestions && <Suggestions suggestions={report.data.suggestions} />}
      {report.data && <Tables report={report.data} />}
    </>
  );
};

type Shape = 'tree' | 'list';

const TreeCard = ({ document, report }: { document: Journey; report: ReportView | undefined }) => {
  const [shape, setShape] = useState<Shape>('tree');
  const [selected, select] = useState<string>();
  const arranged = useMemo(() => arrange(document, report && countsOf(report)), [document, report]);
  return (
    <section className="card">
      <div className="card-head">
        <Choice<Shape>
          label={said.view.label}
          options={[
            { value: 'tree', name: said.view.tree },
            { value: 'list', name: said.view.list },
          ]}
          value={shape}
          onChoose={setShape}
        />
        {report && <span className="live">{said.live}</span>}
      </div>
      <div className="tree">
        {shape === 'tree' ? (
          <Flow arranged={arranged} label={document.name} selected={selected} onSelect={select} />
        ) : (
          <Outline document={document} report={report} onSelect={select} />
        )}
        <StepPanel journey={document} step={selected} report={report} onClose={() => select(undefined)} />
      </div>
    </section>
  );
};
