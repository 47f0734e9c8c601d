import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contact } from '#model/contact';
import { Badge } from '../../../parts/badge.tsx';
import { RoleButton } from '../../../parts/button.tsx';
import { Confirm } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Loaded } from '../../../parts/loaded.tsx';
import type { Tone } from '../../../parts/note.tsx';
import { Card } from '../../../parts/page.tsx';
import { Points } from '../../../parts/points.tsx';
import { Table } from '../../../parts/table.tsx';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { dateTime } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import { type ContactRead, contactAt } from '../queries.ts';
import { type LedgerEntry, ledgerRows, type StandingWord, standingOf } from './consent-rows.ts';
import { GiveConsent } from './give-consent.tsx';

const said = words.contacts.consent;
const { columns } = said;
const tones: Readonly<Record<StandingWord['word'], Tone>> = { yes: 'good', no: 'bad', pending: 'warn' };

export const ConsentPart = ({ read }: { read: ContactRead }) => {
  const { api } = useSession();
  const { id } = read.contact;
  const query = useQuery({
    queryKey: ['contacts', id, 'consent'],
    queryFn: async ({ signal }) =>
      (await api.get<{ entries: LedgerEntry[] }>(`${contactAt(id)}/consent`, signal)).entries,
  });
  return (
    <>
      <Card title={said.now} flush actions={<GiveConsent read={read} />}>
        <Standing read={read} />
      </Card>
      <Card title={said.ledger} flush>
        <Loaded query={query} empty={<Empty icon="audit" {...said.nothing} />}>
          {(entries) => <Ledger entries={entries} />}
        </Loaded>
      </Card>
    </>
  );
};

const Standing = ({ read }: { read: ContactRead }) => {
  const standing = standingOf(read.contact);
  const [taking, take] = useState<string>();
  if (standing.length === 0) return <Empty icon="audit" {...said.nothing} />;
  return (
    <>
      <Table
        label={said.now}
        columns={[
          { name: columns.about },
          { name: columns.word },
          { name: columns.at },
          { name: columns.source, wide: true },
          { name: said.change },
        ]}
      >
        {standing.map(({ about, word, at, source, blocked }) => (
          <tr key={about}>
            <th scope="row">{about}</th>
            <td>
              <Badge tone={tones[word]}>{said[word]}</Badge>{' '}
              {blocked !== undefined && <span className="small faint">{blocked}</span>}
            </td>
            <td className="soft nowrap">{dateTime(at)}</td>
            <td className="soft wide">{source}</td>
            <td>
              {word === 'yes' && (
                <RoleButton needs="publisher" onClick={() => take(about)}>
                  {said.take(about)}
                </RoleButton>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {taking !== undefined && <TakeBack read={read} about={taking} onClose={() => take(undefined)} />}
    </>
  );
};

const TakeBack = ({ read, about, onClose }: { read: ContactRead; about: string; onClose(): void }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const work = useMutation({
    mutationFn: () =>
      api.ask<Contact>('PATCH', contactAt(read.contact.id), {
        body: { consent: { [about]: false } },
        ifMatch: read.etag,
      }),
    onSuccess: () => {
      tell(said.done);
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['contacts'] }),
  });
  return (
    <Confirm
      title={said.confirmTake.title(about)}
      verb={said.take(about)}
      tone="bad"
      busy={work.isPending}
      error={work.error}
      onConfirm={() => work.mutate()}
      onClose={onClose}
    >
      <Points points={said.confirmTake.points} />
    </Confirm>
  );
};

const Ledger = ({ entries }: { entries: LedgerEntry[] }) => (
  <Table
    label={said.ledger}
    columns={[
      { name: columns.about },
      { name: columns.word },
      { name: columns.at },
      { name: columns.source, wide: true },
      { name: columns.text, wide: true },
    ]}
  >
    {ledgerRows(entries).map(({ about, word, at, source, text }, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: entries are never moved
      <tr key={i}>
        <th scope="row">{about}</th>
        <td>
          <Badge tone={tones[word]}>{said[word]}</Badge>
        </td>
        <td className="soft nowrap">{dateTime(at)}</td>
        <td className="soft wide">{source}</td>
        <td className="soft wide">{text}</td>
      </tr>
    ))}
  </Table>
);
