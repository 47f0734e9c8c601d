import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { RoleButton } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Points } from '../../parts/points.tsx';
import { useTell } from '../../parts/tell.ts';
import type { Role } from '../../session/me.ts';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import { documentAt, type Kind } from './queries.ts';

const said = words.documents;

export const Remove = ({ kind, id, needs }: { kind: Kind; id: string; needs: Role }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const [, go] = useLocation();
  const [asked, ask] = useState(false);
  const work = useMutation({
    mutationFn: () => api.ask('DELETE', documentAt(kind, id)),
    onSuccess: () => {
      tell(said.removed(id));
      go(`/${kind}`);
      queries.removeQueries({ queryKey: [kind, id] });
      return queries.invalidateQueries({ queryKey: [kind], exact: true });
    },
  });
  return (
    <>
      <RoleButton needs={needs} onClick={() => ask(true)}>
        <Icon name="trash" />
        {said.remove}
      </RoleButton>
      {asked && (
        <Confirm
          title={said.confirmRemove.title(id)}
          verb={said.remove}
          tone="bad"
          busy={work.isPending}
          error={work.error}
          onConfirm={() => work.mutate()}
          onClose={() => ask(false)}
        >
          <Points points={said.confirmRemove.points} />
        </Confirm>
      )}
    </>
  );
};
