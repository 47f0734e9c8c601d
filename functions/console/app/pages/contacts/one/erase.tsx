import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { RoleButton } from '../../../parts/button.tsx';
import { Confirm } from '../../../parts/confirm.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Points } from '../../../parts/points.tsx';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import { nameOf } from '../contact.ts';
import { type ContactRead, contactAt } from '../queries.ts';

const said = words.contacts.erase;

export const Erase = ({ read: { contact, etag } }: { read: ContactRead }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const [, go] = useLocation();
  const [asked, ask] = useState(false);
  const work = useMutation({
    mutationFn: () => api.ask('DELETE', contactAt(contact.id), { ifMatch: etag }),
    onSuccess: () => {
      tell(said.done);
      go('/contacts');
      queries.removeQueries({ queryKey: ['contacts'] });
    },
  });
  return (
    <>
      <RoleButton needs="publisher" onClick={() => ask(true)}>
        <Icon name="trash" />
        {said.button}
      </RoleButton>
      {asked && (
        <Confirm
          title={said.title(nameOf(contact))}
          verb={said.button}
          tone="bad"
          busy={work.isPending}
          error={work.error}
          onConfirm={() => work.mutate()}
          onClose={() => ask(false)}
        >
          <Points points={said.points} />
        </Confirm>
      )}
    </>
  );
};
