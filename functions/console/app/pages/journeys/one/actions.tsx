import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RoleButton } from '../../../parts/button.tsx';
import { Confirm } from '../../../parts/confirm.tsx';
import { Icon, type IconName } from '../../../parts/icon.tsx';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import type { JourneyView } from '../api-shapes.ts';
import { useReport, useVersion } from '../queries.ts';
import { type Act, actsOf, effectsOf } from './effects-of.ts';

const said = words.journeys;
const icons: Readonly<Record<Act, IconName>> = {
  ...{ publish: 'publish', pause: 'pause', resume: 'play', archive: 'archive' },
};

/** Everything that makes something happen to people asks first. */
export const Actions = ({ journey }: { journey: JourneyView }) => {
  const [asked, ask] = useState<Act>();
  return (
    <>
      {actsOf(journey).map((act, i) => (
        <RoleButton key={act} needs="publisher" tone={i === 0 ? 'main' : undefined} onClick={() => ask(act)}>
          <Icon name={icons[act]} />
          {said.actions[act]}
        </RoleButton>
      ))}
      {asked && <ConfirmAct act={asked} journey={journey} onClose={() => ask(undefined)} />}
    </>
  );
};

const ConfirmAct = ({ act, journey, onClose }: { act: Act; journey: JourneyView; onClose(): void }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const report = useReport(journey.id);
  const live = useVersion(journey.id, journey.version);
  const { id, name, version = 0, draftEtag } = journey;
  const work = useMutation({
    // What is published is what was looked at: another upload meanwhile is refused.
    mutationFn: () =>
      api.ask<JourneyView>('POST', `/v1/journeys/${encodeURIComponent(id)}/${act}`, {
        ifMatch: act === 'publish' ? `"${draftEtag}"` : undefined,
      }),
    onSuccess: ({ data }) => {
      tell(said.actions.done[act](name, data.version ?? version));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['journeys'] }),
  });
  const effects = effectsOf(act, { journey, active: report.data?.active, live: live.data?.document });
  return (
    <Confirm
      title={said.confirm[act].title(name, version + 1)}
      verb={said.actions[act]}
      tone={act === 'archive' ? 'bad' : 'main'}
      busy={work.isPending}
      error={work.error}
      onConfirm={() => work.mutate()}
      onClose={onClose}
    >
      <ul className="points">
        {effects.map((effect) => (
          <li key={effect}>
            <Icon name="forward" />
            <span>{effect}</span>
          </li>
        ))}
      </ul>
    </Confirm>
  );
};
