import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../../parts/button.tsx';
import { FailureNote } from '../../../parts/confirm.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Note } from '../../../parts/note.tsx';
import { Page } from '../../../parts/page.tsx';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import type { JourneyView } from '../api-shapes.ts';
import { DropZone } from '../list/drop-zone.tsx';
import { useJourneys } from '../queries.ts';
import { example, idIn } from './example.ts';
import { countOf } from './issues.ts';
import { draftOnTheWay } from './on-the-way.ts';
import { Workbench } from './workbench.tsx';

const said = words.journeys.edit;

const NewJourney = () => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const journeys = useJourneys();
  const [, go] = useLocation();
  const [text, setText] = useState(() => draftOnTheWay.take() ?? example);
  const id = idIn(text);
  const save = useMutation({
    mutationFn: () =>
      api.ask<JourneyView>('PUT', `/v1/journeys/${encodeURIComponent(id ?? '')}`, { body: text }),
    onSuccess: async ({ data }) => {
      tell(said.saved);
      await queries.invalidateQueries({ queryKey: ['journeys'] });
      go(`/journeys/${data.id}`);
    },
  });
  const isTaken = journeys.data?.some((journey) => journey.id === id) ?? false;
  return (
    <Page
      title={said.newTitle}
      lead={said.newLead}
      crumbs={[{ to: '/journeys', name: words.journeys.title }]}
    >
      <DropZone onText={setText} />
      <Workbench
        text={text}
        onChange={setText}
        notes={
          <>
            {isTaken && id !== undefined && <Note tone="warn">{said.exists(id)}</Note>}
            {save.error && <FailureNote error={save.error} />}
          </>
        }
        actions={({ issues }) => (
          <Button
            tone="main"
            busy={save.isPending}
            disabled={id === undefined || countOf(issues).errors > 0}
            onClick={() => save.mutate()}
          >
            <Icon name="upload" />
            {said.save}
          </Button>
        )}
      />
    </Page>
  );
};

export default NewJourney;
