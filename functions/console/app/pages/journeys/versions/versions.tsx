import { useMemo, useState } from 'react';
import { diffJourneys, sentenceOf, summaryOf } from '#statemachines/diff/diff';
import type { Journey } from '#statemachines/document/schema';
import { arrangeDifference } from '../../../flow/arrange.ts';
import Flow from '../../../flow/flow.tsx';
import { Bones } from '../../../parts/bones.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Failed } from '../../../parts/failed.tsx';
import { Field } from '../../../parts/field.tsx';
import { Card } from '../../../parts/page.tsx';
import { words } from '../../../words/words.ts';
import type { JourneyView } from '../api-shapes.ts';
import { isSameDocument } from '../one/compare.ts';
import type { PartProps } from '../one/journey-page.tsx';
import { useVersion } from '../queries.ts';
import { type Edition, editionIn, editionsOf, firstChoice, nameOf } from './choices.ts';

const said = words.journeys.versions;

const Versions = ({ read: { journey } }: PartProps) => {
  const live = useVersion(journey.id, journey.version);
  if (journey.version === undefined)
    return (
      <Card>
        <Empty icon="versions" title={said.none} />
      </Card>
    );
  if (live.isError) return <Failed error={live.error} onAgain={() => void live.refetch()} />;
  if (!live.data) return <Bones rows={3} tall />;
  const differs = journey.document !== undefined && !isSameDocument(live.data.document, journey.document);
  return <Compare journey={journey} first={firstChoice(journey, differs)} />;
};

export default Versions;

interface Chosen {
  before: Edition;
  after: Edition;
}

const Compare = ({ journey, first }: { journey: JourneyView; first: Chosen }) => {
  const [{ before, after }, choose] = useState(first);
  const older = useEdition(journey, before);
  const newer = useEdition(journey, after);
  const options = editionsOf(journey).map((edition) => (
    <option key={edition} value={edition}>
      {nameOf(edition)}
    </option>
  ));
  return (
    <Card flush>
      <div className="card-head">
        <div className="row">
          <Field label={said.from}>
            <select
              value={before}
              onChange={({ target }) => choose({ before: editionIn(target.value), after })}
            >
              {options}
            </select>
          </Field>
          <Field label={said.to}>
            <select
              value={after}
              onChange={({ target }) => choose({ before, after: editionIn(target.value) })}
            >
              {options}
            </select>
          </Field>
        </div>
      </div>
      {older && newer ? <Difference before={older} after={newer} /> : <Bones rows={3} tall />}
    </Card>
  );
};

const useEdition = (journey: JourneyView, edition: Edition): Journey | undefined => {
  const { data } = useVersion(journey.id, edition === 'draft' ? undefined : edition);
  return edition === 'draft' ? journey.document : data?.document;
};

const Difference = ({ before, after }: { before: Journey; after: Journey }) => {
  const changes = useMemo(() => diffJourneys(before, after), [before, after]);
  const arranged = useMemo(() => arrangeDifference(before, after), [before, after]);
  const [selected, select] = useState<string>();
  return (
    <div className="tree">
      <Flow
        arranged={arranged}
        label={said.picture}
        selected={selected}
        reveal={selected}
        onSelect={select}
      />
      <aside className="tree-side column" aria-label={said.changes}>
        <h2>{summaryOf(changes)}</h2>
        <ul className="changes">
          {changes.map((change) => (
            <li key={sentenceOf(change)} data-mark={change.kind}>
              <button type="button" className="issue-go" onClick={() => select(change.step)}>
                {sentenceOf(change)}
              </button>
            </li>
          ))}
        </ul>
      </aside>
    </div>
  );
};
