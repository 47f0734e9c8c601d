import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { SegmentSize } from '#functions/contacts/read-segments/answers';
import { Badge } from '../../parts/badge.tsx';
import { ButtonLink } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { InPages } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import { useSession } from '../../session/session.tsx';
import { date, number } from '../../words/format.ts';
import { words } from '../../words/words.ts';

const said = words.documents.segments;
const { columns } = said;

export const SegmentList = () => {
  const { api, may } = useSession();
  const query = useQuery({
    queryKey: ['segments'],
    queryFn: async ({ signal }) =>
      (await api.get<{ segments: SegmentSize[] }>('/v1/segments', signal)).segments,
    refetchInterval: 15_000,
  });
  const add = may('publisher') && (
    <ButtonLink to="/segments/new" tone="main">
      <Icon name="plus" />
      {said.add}
    </ButtonLink>
  );
  return (
    <Page title={said.title} lead={said.lead} actions={add}>
      <Loaded
        query={query}
        empty={
          <Card>
            <Empty icon="segment" {...said.nothing}>
              {add}
            </Empty>
          </Card>
        }
      >
        {(segments) => (
          <Card flush>
            <InPages all={segments}>
              {(some) => (
                <Table
                  label={said.title}
                  columns={[
                    { name: columns.name },
                    { name: columns.members, end: true },
                    { name: columns.state },
                    { name: columns.changed, wide: true },
                  ]}
                >
                  {some.map(({ id, name, members, state, updatedAt }) => (
                    <tr key={id}>
                      <th scope="row">
                        <Link href={`/segments/${id}`}>{name}</Link>
                        <div className="faint small">{id}</div>
                      </th>
                      <td className="end">{number(members)}</td>
                      <td>
                        <Badge tone={state === 'ready' ? 'good' : 'info'}>{said.states[state]}</Badge>
                      </td>
                      <td className="wide soft nowrap">{date(updatedAt)}</td>
                    </tr>
                  ))}
                </Table>
              )}
            </InPages>
          </Card>
        )}
      </Loaded>
    </Page>
  );
};
