import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import type { ContactPatch } from '#functions/contacts/edit-contact/patch';
import type { Contact } from '#model/contact';
import { Problem } from '../../../api/problem.ts';
import { Button, RoleButton } from '../../../parts/button.tsx';
import { FailureNote } from '../../../parts/confirm.tsx';
import { Field } from '../../../parts/field.tsx';
import { Issues } from '../../../parts/issues.tsx';
import { Note } from '../../../parts/note.tsx';
import { Card } from '../../../parts/page.tsx';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { amount, dateTime } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import { type ContactRead, contactAt } from '../queries.ts';
import { FieldRows } from './field-rows.tsx';
import { draftOf, faultOf, patchOf } from './patch.ts';

const said = words.contacts.data;

export const Data = ({ read }: { read: ContactRead }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const [base, setBase] = useState(read);
  const [draft, setDraft] = useState(() => draftOf(read.contact));
  const [tried, setTried] = useState(false);
  const { id } = base.contact;
  const begin = (fresh: ContactRead): void => {
    setBase(fresh);
    setDraft(draftOf(fresh.contact));
    setTried(false);
    queries.setQueryData(['contacts', id], fresh);
  };
  const save = useMutation({
    mutationFn: (patch: ContactPatch) =>
      api.ask<Contact>('PATCH', contactAt(id), { body: patch, ifMatch: base.etag }),
    onSuccess: ({ data, etag }) => {
      begin({ contact: data, etag });
      tell(said.saved);
      return queries.invalidateQueries({ queryKey: ['contacts'] });
    },
  });
  const theirs = async (): Promise<void> => {
    const { data, etag } = await api.ask<Contact>('GET', contactAt(id));
    save.reset();
    begin({ contact: data, etag });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (draft.rows.some((row) => faultOf(row, draft.rows) !== undefined)) return;
    const patch = patchOf(base.contact, draft);
    if (patch) save.mutate(patch);
    else tell(said.unchanged);
  };
  return (
    <div className="two">
      <form onSubmit={submit} noValidate>
        <Card title={said.fields}>
          <FieldRows rows={draft.rows} tried={tried} onChange={(rows) => setDraft({ ...draft, rows })} />
          <Field label={said.tags} hint={said.tagHint}>
            <input value={draft.tags} onChange={({ target }) => setDraft({ ...draft, tags: target.value })} />
          </Field>
          <Field label={said.stage}>
            <input
              value={draft.stage}
              onChange={({ target }) => setDraft({ ...draft, stage: target.value })}
            />
          </Field>
          <Field label={said.addScore} hint={said.scoreNow(amount(base.contact.score))}>
            <input
              type="number"
              value={draft.addScore}
              onChange={({ target }) => setDraft({ ...draft, addScore: target.value })}
            />
          </Field>
          {save.error && <Refused error={save.error} onTheirs={() => void theirs()} />}
          <div className="row">
            <RoleButton needs="publisher" tone="main" type="submit" busy={save.isPending}>
              {said.save}
            </RoleButton>
          </div>
        </Card>
      </form>
      <About contact={base.contact} />
    </div>
  );
};

const Refused = ({ error, onTheirs }: { error: Error; onTheirs(): void }) => {
  if (!(error instanceof Problem) || error.status !== 412)
    return (
      <>
        <FailureNote error={error} />
        {error instanceof Problem && <Issues issues={error.issues} />}
      </>
    );
  return (
    <Note tone="warn">
      <p>{said.conflict}</p>
      <div className="row">
        <Button onClick={onTheirs}>{said.theirs}</Button>
      </div>
    </Note>
  );
};

const About = ({
  contact: { id, createdAt, updatedAt, segments = [], merged = [] },
}: {
  contact: Contact;
}) => (
  <Card title={said.about}>
    <dl className="facts">
      <dt>{said.id}</dt>
      <dd className="mono">{id}</dd>
      <dt>{said.created}</dt>
      <dd>{dateTime(createdAt)}</dd>
      <dt>{said.updated}</dt>
      <dd>{dateTime(updatedAt)}</dd>
      <dt>{said.segments}</dt>
      <dd>
        {segments.length === 0 && words.common.none}
        {segments.map((segment) => (
          <span key={segment}>
            <Link href={`/segments/${segment}`}>{segment}</Link>{' '}
          </span>
        ))}
      </dd>
      {merged.length > 0 && (
        <>
          <dt>{said.merged}</dt>
          <dd className="mono">{merged.join(' ')}</dd>
        </>
      )}
    </dl>
  </Card>
);
