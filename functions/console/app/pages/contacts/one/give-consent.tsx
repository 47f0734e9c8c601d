import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClientView } from '#functions/operations/read-status/client-view';
import type { Contact } from '#model/contact';
import { RoleButton } from '../../../parts/button.tsx';
import { Confirm } from '../../../parts/confirm.tsx';
import { Field } from '../../../parts/field.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Points } from '../../../parts/points.tsx';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import { type ContactRead, contactAt } from '../queries.ts';

const said = words.contacts.consent.given;
const channels = ['email', 'sms', 'push'];

/** A yes that was said elsewhere: kept with its words and where it was said. */
export const GiveConsent = ({ read }: { read: ContactRead }) => {
  const [isOpen, open] = useState(false);
  return (
    <>
      <RoleButton needs="publisher" onClick={() => open(true)}>
        <Icon name="plus" />
        {said.button}
      </RoleButton>
      {isOpen && <Ask read={read} onClose={() => open(false)} />}
    </>
  );
};

const Ask = ({ read, onClose }: { read: ContactRead; onClose(): void }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const client = useQuery({
    queryKey: ['client'],
    queryFn: ({ signal }) => api.get<ClientView>('/v1/client', signal),
  });
  const [word, set] = useState({ about: 'email', text: '', origin: '' });
  const [isTried, setTried] = useState(false);
  const { about } = word;
  const [text, origin] = [word.text.trim(), word.origin.trim()];
  const isWhole = text !== '' && origin !== '';
  const work = useMutation({
    mutationFn: () =>
      api.ask<Contact>('PATCH', contactAt(read.contact.id), {
        body: { consent: { [about]: true }, consentText: text, consentOrigin: origin },
        ifMatch: read.etag,
      }),
    onSuccess: () => {
      tell(words.contacts.consent.done);
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['contacts'] }),
  });
  const needed = (value: string): string | undefined => (isTried && value === '' ? said.needed : undefined);
  return (
    <Confirm
      title={said.title}
      verb={said.verb}
      busy={work.isPending}
      error={work.error}
      onConfirm={() => (isWhole ? work.mutate() : setTried(true))}
      onClose={onClose}
    >
      <Points points={said.points} />
      <Field label={said.about}>
        <select value={about} onChange={({ target }) => set({ ...word, about: target.value })}>
          {[...channels, ...Object.keys(client.data?.topics ?? {})].map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </Field>
      <Field label={said.text} hint={said.textHint} fault={needed(text)}>
        <textarea
          rows={3}
          maxLength={2000}
          value={word.text}
          onChange={({ target }) => set({ ...word, text: target.value })}
        />
      </Field>
      <Field label={said.origin} hint={said.originHint} fault={needed(origin)}>
        <input
          maxLength={200}
          value={word.origin}
          onChange={({ target }) => set({ ...word, origin: target.value })}
        />
      </Field>
    </Confirm>
  );
};
