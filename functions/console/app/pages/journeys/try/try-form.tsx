import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import type { Journey } from '#statemachines/document/schema';
import { Button } from '../../../parts/button.tsx';
import { FailureNote } from '../../../parts/confirm.tsx';
import { Field } from '../../../parts/field.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Note } from '../../../parts/note.tsx';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import { documentQuery } from '../../documents/queries.ts';
import { describedContact, type Known, knownContact } from './contact.ts';
import { type Happening, Happenings } from './happenings.tsx';
import { fieldsAsked, templatesOf } from './offered.ts';
import { readTexts } from './texts.ts';

const said = words.journeys.try;
const channels = ['email', 'sms', 'push'] as const;

/** What `POST /v1/journeys/simulate` is told beside the document. */
export interface Wish {
  contact: Record<string, unknown>;
  events: object[];
  seed: number;
}

/** What is asked for grows with them. */
const useTexts = (journey: Journey): readonly unknown[] | undefined => {
  const { api } = useSession();
  const queries = useQueryClient();
  const ids = useMemo(() => templatesOf(journey), [journey]);
  return useQuery({
    queryKey: ['texts', ...ids],
    queryFn: () =>
      readTexts(
        ids,
        async ({ kind, id }) => (await queries.fetchQuery(documentQuery(api, kind, id))).document,
      ),
  }).data;
};

export interface TryFormProps {
  journey: Journey;
  busy: boolean;
  onRun(wish: Wish): void;
}

export const TryForm = ({ journey, busy, onRun }: TryFormProps) => {
  const { api } = useSession();
  const texts = useTexts(journey);
  const asked = useMemo(() => fieldsAsked(journey, texts), [journey, texts]);
  const [email, setEmail] = useState('ada@example.com');
  const [consent, setConsent] = useState<readonly string[]>(['email']);
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const [happenings, setHappenings] = useState<readonly Happening[]>([]);
  const [seed, setSeed] = useState(1);
  const find = useMutation({
    mutationFn: () => api.get<Known>(`/v1/contacts?email=${encodeURIComponent(email)}`),
  });
  const known = find.data && knownContact(find.data);

  const run = (event: FormEvent): void => {
    event.preventDefault();
    const contact = known ?? describedContact({ email, consent, fields });
    onRun({ contact, events: happenings.map(({ at, happening }) => ({ at, ...happening })), seed });
  };
  const toggle = (channel: string): void =>
    setConsent(consent.includes(channel) ? consent.filter((one) => one !== channel) : [...consent, channel]);

  return (
    <form className="try-form column" onSubmit={run}>
      <p className="small soft">{said.explain}</p>
      <fieldset className="column-tight">
        <legend className="field-label">{said.who}</legend>
        <Field label={said.email}>
          <input
            type="email"
            value={email}
            onChange={({ target }) => {
              setEmail(target.value);
              find.reset();
            }}
          />
        </Field>
        <div className="row">
          <Button busy={find.isPending} onClick={() => find.mutate()}>
            <Icon name="search" />
            {said.find}
          </Button>
        </div>
        {find.error && <FailureNote error={find.error} />}
        {known && <Note tone="good">{said.taken}</Note>}
      </fieldset>
      {!known && (
        <>
          <fieldset className="row">
            <legend className="field-label">{said.consent}</legend>
            {channels.map((channel) => (
              <label key={channel} className="check">
                <input type="checkbox" checked={consent.includes(channel)} onChange={() => toggle(channel)} />
                {channel}
              </label>
            ))}
          </fieldset>
          {asked.map((name) => (
            <Field key={name} label={name} hint={said.fieldHint}>
              <input
                value={fields[name] ?? ''}
                onChange={({ target }) => setFields({ ...fields, [name]: target.value })}
              />
            </Field>
          ))}
        </>
      )}
      <Happenings journey={journey} happenings={happenings} onChange={setHappenings} />
      <Field label={said.seed} hint={said.seedHint}>
        <input
          type="number"
          min={0}
          max={999_999}
          value={seed}
          onChange={({ target }) => setSeed(Number(target.value))}
        />
      </Field>
      <Button tone="main" type="submit" busy={busy}>
        <Icon name="play" />
        {busy ? said.running : said.run}
      </Button>
    </form>
  );
};
