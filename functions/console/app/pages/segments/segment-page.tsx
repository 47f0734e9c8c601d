import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Members, SegmentSize } from '#functions/contacts/read-segments/answers';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Note } from '../../parts/note.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { Pager, usePages } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import { useSession } from '../../session/session.tsx';
import { date, number } from '../../words/format.ts';
import { words } from '../../words/words.ts';
import { nameOf } from '../contacts/contact.ts';
import { Bench, type Draft } from '../documents/bench.tsx';
import { type DocumentRead, useDocument } from '../documents/queries.ts';
import { Remove } from '../documents/remove.tsx';
import { putExample } from './put-example.ts';
import { SizeNow } from './size.tsx';

const said = words.documents.segments;
const crumbs = [{ to: '/segments', name: said.title }];
const begin = { document: { name: '', if: { tag: 'demo' } }, etag: undefined };

const SegmentPage = ({ id }: { id?: string }) =>
  id === undefined ? (
    <Page title={said.add} crumbs={crumbs}>
      <Workshop read={begin} />
    </Page>
  ) : (
    <Page title={id} crumbs={crumbs} actions={<Remove kind="segments" id={id} needs="publisher" />}>
      <Known id={id} />
    </Page>
  );

export default SegmentPage;

const Known = ({ id }: { id: string }) => (
  <Loaded query={useDocument('segments', id)}>{(read) => <Workshop id={id} read={read} />}</Loaded>
);

const Workshop = ({ id, read }: { id?: string; read: DocumentRead }) => {
  const { may } = useSession();
  return (
    <Bench
      kind="segments"
      {...(id === undefined ? {} : { id })}
      read={read}
      needs="publisher"
      label={said.editor}
    >
      {(draft) => (
        <>
          {id !== undefined && !draft.isSaved && <Note tone="warn">{said.saveWarning}</Note>}
          {may('author') && <SizeNow draft={draft} isCounted={id !== undefined && draft.isSaved} />}
          <Examples draft={draft} />
          {/* Last: nobody knows how long it will be, and nothing below it moves when it comes. */}
          {id !== undefined && may('author') && <MembersOf id={id} />}
        </>
      )}
    </Bench>
  );
};

const Examples = ({ draft: { parts, change } }: { draft: Draft }) => (
  <Card title={said.help}>
    <p className="soft">{said.helpLead}</p>
    <ul className="points">
      {Object.entries(said.examples).map(([name, condition]) => (
        <li key={name} className="example">
          <button
            type="button"
            className="issue-go"
            onClick={() => change({ ...parts, json: putExample(parts.json ?? '', condition, name) })}
          >
            {name}
          </button>
          <code className="small soft">{JSON.stringify(condition)}</code>
        </li>
      ))}
    </ul>
  </Card>
);

const MembersOf = ({ id }: { id: string }) => {
  const { api } = useSession();
  const pages = usePages();
  const at = `/v1/segments/${encodeURIComponent(id)}`;
  const size = useQuery({
    queryKey: ['segments', id, 'count'],
    queryFn: ({ signal }) => api.get<SegmentSize>(`${at}/count`, signal),
    refetchInterval: 5_000,
  });
  const query = useQuery({
    queryKey: ['segments', id, 'members', pages.cursor],
    queryFn: ({ signal }) =>
      api.get<Members>(`${at}/members?limit=20${pages.cursor ? `&cursor=${pages.cursor}` : ''}`, signal),
    placeholderData: (before) => before,
    refetchInterval: 15_000,
  });
  return (
    <Card
      title={said.members}
      flush
      actions={
        size.data && (
          <>
            <span>{said.size(number(size.data.members))}</span>
            <Badge tone={size.data.state === 'ready' ? 'good' : 'info'}>{said.states[size.data.state]}</Badge>
          </>
        )
      }
    >
      <Loaded
        query={query}
        isEmpty={({ members }) => members.length === 0}
        empty={<Empty icon="segment" {...said.nobody} />}
      >
        {({ members, next }) => (
          <>
            <Table
              label={said.members}
              columns={[{ name: said.memberColumns.contact }, { name: said.memberColumns.since }]}
            >
              {members.map(({ contact, since }) => (
                <tr key={contact.id}>
                  <th scope="row">
                    <Link href={`/contacts/${contact.id}`}>{nameOf(contact)}</Link>
                  </th>
                  <td className="soft nowrap">{date(since)}</td>
                </tr>
              ))}
            </Table>
            <Pager pages={pages} next={next} />
          </>
        )}
      </Loaded>
    </Card>
  );
};
