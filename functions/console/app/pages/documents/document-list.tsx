import { Link } from 'wouter';
import { ButtonLink } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { InPages } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import type { Role } from '../../session/me.ts';
import { useSession } from '../../session/session.tsx';
import { date } from '../../words/format.ts';
import { words } from '../../words/words.ts';
import { useDocuments } from './queries.ts';

const { columns, owners } = words.documents;

export interface DocumentListProps {
  kind: 'templates' | 'forms';
  icon: IconName;
  /** Who may make one. */
  needs: Role;
}

export const DocumentList = ({ kind, icon, needs }: DocumentListProps) => {
  const said = words.documents[kind];
  const { may } = useSession();
  const add = may(needs) && (
    <ButtonLink to={`/${kind}/new`} tone="main">
      <Icon name="plus" />
      {said.add}
    </ButtonLink>
  );
  const isMail = kind === 'templates';
  return (
    <Page title={said.title} lead={said.lead} actions={add}>
      <Loaded
        query={useDocuments(kind)}
        empty={
          <Card>
            <Empty icon={icon} {...said.nothing}>
              {add}
            </Empty>
          </Card>
        }
      >
        {(documents) => (
          <Card flush>
            <InPages all={documents}>
              {(some) => (
                <Table
                  label={said.title}
                  columns={[
                    { name: columns.name },
                    ...(isMail ? [{ name: columns.subject }, { name: columns.channel, wide: true }] : []),
                    { name: columns.from, wide: true },
                    { name: columns.changed, wide: true },
                  ]}
                >
                  {some.map(({ id, name, subject, channel, updatedAt, owner }) => (
                    <tr key={id}>
                      <th scope="row">
                        <Link href={`/${kind}/${id}`}>{name ?? id}</Link>
                        {name !== undefined && <div className="faint small">{id}</div>}
                      </th>
                      {isMail && <td className="soft">{subject}</td>}
                      {isMail && <td className="wide soft">{words.overview.channelNames[channel ?? '']}</td>}
                      <td className="wide soft">{owners[owner]}</td>
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
