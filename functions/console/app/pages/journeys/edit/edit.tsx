import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Problem } from '../../../api/problem.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/button.tsx';
import { FailureNote } from '../../../parts/confirm.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Note } from '../../../parts/note.tsx';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import type { JourneyView } from '../api-shapes.ts';
import type { PartProps } from '../one/journey-page.tsx';
import { countOf } from './issues.ts';
import { unsaved } from './unsaved.ts';
import { Workbench } from './workbench.tsx';

const said = words.journeys.edit;

const written = (journey: JourneyView): string => JSON.stringify(journey.document ?? {}, null, 2);

const Edit = ({ read: { journey, etag } }: PartProps) => {
  const { id } = journey;
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const [base, setBase] = useState({ text: written(journey), etag });
  const [text, setText] = useState(() => unsaved.read(id) ?? base.text);
  const isChanged = text !== base.text;
  useEffect(() => unsaved.keep(id, isChanged ? text : undefined), [id, text, isChanged]);

  const save = useMutation({
    mutationFn: () => api.ask<JourneyView>('PUT', at(id), { body: text, ifMatch: base.etag }),
    onSuccess: (answer) => {
      setBase({ text, etag: answer.etag });
      tell(said.saved);
      return queries.invalidateQueries({ queryKey: ['journeys'] });
    },
  });
  const loadTheirs = async (): Promise<void> => {
    const theirs = await api.ask<JourneyView>('GET', at(id));
    setBase({ text: written(theirs.data), etag: theirs.etag });
    setText(written(theirs.data));
    save.reset();
    await queries.invalidateQueries({ queryKey: ['journeys'] });
  };

  return (
    <Workbench
      text={text}
      onChange={setText}
      step={new URLSearchParams(location.search).get('step') ?? undefined}
      notes={save.error && <Refused error={save.error} onLoad={() => void loadTheirs()} />}
      actions={({ issues }) => (
        <>
          {isChanged && <Badge tone="warn">{said.unsaved}</Badge>}
          <Button
            tone="main"
            busy={save.isPending}
            disabled={!isChanged || countOf(issues).errors > 0}
            onClick={() => save.mutate()}
          >
            <Icon name="upload" />
            {said.save}
          </Button>
        </>
      )}
    />
  );
};

export default Edit;

const at = (id: string): string => `/v1/journeys/${encodeURIComponent(id)}`;

/** Its issues already stand at their lines. */
const Refused = ({ error, onLoad }: { error: Error; onLoad(): void }) => {
  if (!(error instanceof Problem) || error.status !== 412) return <FailureNote error={error} />;
  return (
    <Note tone="warn">
      <p>{said.conflict}</p>
      <div className="row">
        <Button onClick={onLoad}>{said.loadTheirs}</Button>
      </div>
    </Note>
  );
};
