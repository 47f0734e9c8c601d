import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Quarantined } from '#model/quarantine';
import { Button, RoleButton } from '../../parts/button.tsx';
import { Code } from '../../parts/code.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { describeFailure } from '../../parts/describe-failure.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Note } from '../../parts/note.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { InPages } from '../../parts/pager.tsx';
import { Points } from '../../parts/points.tsx';
import { Table } from '../../parts/table.tsx';
import { useTell } from '../../parts/tell.ts';
import { useSession } from '../../session/session.tsx';
import { dateTime } from '../../words/format.ts';
import { words } from '../../words/words.ts';

const said = words.quarantine;
const { columns } = said;

const at = (id: string): string => `/v1/quarantine/${encodeURIComponent(id)}`;

const nameOf = ({ event, function: name = '', what }: Quarantined): string =>
  what === 'event' ? said.event(event?.name ?? '') : said.call(name);

const QuarantinePage = () => {
  const { api } = useSession();
  const query = useQuery({
    queryKey: ['quarantine'],
    queryFn: ({ signal }) => api.get<{ entries: Quarantined[]; more: boolean }>('/v1/quarantine', signal),
    refetchInterval: 15_000,
  });
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded
        query={query}
        isEmpty={({ entries }) => entries.length === 0}
        empty={
          <Card>
            <Empty icon="good" {...said.nothing} />
          </Card>
        }
      >
        {({ entries, more }) => (
          <>
            {more && <Note>{said.more}</Note>}
            <Card flush>
              <InPages all={entries}>{(some) => <Entries entries={some} />}</InPages>
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  );
};

export default QuarantinePage;

const Entries = ({ entries }: { entries: readonly Quarantined[] }) => (
  <Table
    label={said.title}
    columns={[
      { name: columns.at },
      { name: columns.what },
      { name: columns.reason },
      { name: columns.contact, wide: true },
      { name: columns.act },
    ]}
  >
    {entries.map((entry) => (
      <tr key={entry.id}>
        <td className="nowrap soft">{dateTime(entry.at)}</td>
        <th scope="row">{nameOf(entry)}</th>
        <td>{entry.reason}</td>
        <td className="wide mono small">
          {entry.contact !== undefined && <Link href={`/contacts/${entry.contact}`}>{entry.contact}</Link>}
        </td>
        <td>
          <Acts entry={entry} />
        </td>
      </tr>
    ))}
  </Table>
);

const Acts = ({ entry }: { entry: Quarantined }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const [open, show] = useState<'look' | 'drop'>();
  const settled = () => queries.invalidateQueries({ queryKey: ['quarantine'] });
  const replay = useMutation({
    mutationFn: () => api.ask('POST', `${at(entry.id)}/replay`),
    onSuccess: () => tell(said.replayed),
    onError: (error) => tell(describeFailure(error).title, 'bad'),
    onSettled: settled,
  });
  const drop = useMutation({
    mutationFn: () => api.ask('DELETE', at(entry.id)),
    onSuccess: () => {
      tell(said.dropped);
      show(undefined);
    },
    onSettled: settled,
  });
  return (
    <div className="row">
      <Button onClick={() => show('look')}>{said.look}</Button>
      <RoleButton needs="publisher" busy={replay.isPending} onClick={() => replay.mutate()}>
        {said.replay}
      </RoleButton>
      <RoleButton needs="publisher" onClick={() => show('drop')}>
        {said.drop}
      </RoleButton>
      {open === 'look' && <Look entry={entry} onClose={() => show(undefined)} />}
      {open === 'drop' && (
        <Confirm
          title={said.confirmDrop.title}
          verb={said.drop}
          tone="bad"
          busy={drop.isPending}
          error={drop.error}
          onConfirm={() => drop.mutate()}
          onClose={() => show(undefined)}
        >
          <p>{nameOf(entry)}</p>
          <Points points={said.confirmDrop.points} />
        </Confirm>
      )}
    </div>
  );
};

const Look = ({ entry, onClose }: { entry: Quarantined; onClose(): void }) => {
  const { api } = useSession();
  const query = useQuery({
    queryKey: ['quarantine', entry.id],
    queryFn: ({ signal }) => api.get<{ payload?: unknown }>(at(entry.id), signal),
  });
  return (
    <Dialog
      wide
      title={nameOf(entry)}
      onClose={onClose}
      foot={<Button onClick={onClose}>{words.common.close}</Button>}
    >
      <Loaded query={query}>
        {({ payload }) =>
          payload === undefined ? (
            <p className="soft">{said.noPayload}</p>
          ) : (
            <Code label={said.payload}>{JSON.stringify(payload, null, 2)}</Code>
          )
        }
      </Loaded>
    </Dialog>
  );
};
