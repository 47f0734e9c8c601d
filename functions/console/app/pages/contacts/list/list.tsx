import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Contact } from '#model/contact';
import { Badge } from '../../../parts/badge.tsx';
import { ButtonLink } from '../../../parts/button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Loaded } from '../../../parts/loaded.tsx';
import { Card, Page } from '../../../parts/page.tsx';
import { Pager, usePages } from '../../../parts/pager.tsx';
import { Table } from '../../../parts/table.tsx';
import { useSession } from '../../../session/session.tsx';
import { amount, date } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import { emailOf, nameOf, someTags } from '../contact.ts';
import { ExportButton } from './export-button.tsx';
import { Find } from './find.tsx';

const said = words.contacts;
const perPage = 50;

interface ContactPage {
  contacts: Contact[];
  next: string | null;
}

export const ContactList = () => {
  const { api, may } = useSession();
  const pages = usePages();
  const query = useQuery({
    queryKey: ['contacts', 'page', pages.cursor],
    queryFn: ({ signal }) =>
      api.get<ContactPage>(
        `/v1/contacts?limit=${perPage}${pages.cursor ? `&cursor=${pages.cursor}` : ''}`,
        signal,
      ),
    placeholderData: (before) => before,
  });
  const bring = may('publisher') && (
    <ButtonLink to="/contacts/import" tone="main">
      <Icon name="upload" />
      {said.import}
    </ButtonLink>
  );
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        <>
          {may('publisher') && <ExportButton />}
          {bring}
        </>
      }
    >
      <Find />
      <Loaded
        query={query}
        isEmpty={({ contacts }) => contacts.length === 0 && pages.number === 1}
        empty={
          <Card>
            <Empty icon="people" {...said.nothing}>
              {bring}
            </Empty>
          </Card>
        }
      >
        {({ contacts, next }) => (
          <Card flush>
            <Rows contacts={contacts} />
            <Pager pages={pages} next={next} />
          </Card>
        )}
      </Loaded>
    </Page>
  );
};

const { columns } = said;

const Rows = ({ contacts }: { contacts: readonly Contact[] }) => (
  <Table
    label={said.title}
    columns={[
      { name: columns.name },
      { name: columns.email },
      { name: columns.tags, wide: true },
      { name: columns.stage, wide: true },
      { name: columns.score, end: true },
      { name: columns.since, wide: true },
    ]}
  >
    {contacts.map((contact) => (
      <tr key={contact.id}>
        <th scope="row">
          <Link href={`/contacts/${contact.id}`}>{nameOf(contact)}</Link>
        </th>
        <td className="soft">{emailOf(contact)}</td>
        <td className="wide">
          <Tags tags={contact.tags} />
        </td>
        <td className="wide soft">{contact.stage}</td>
        <td className="end">{amount(contact.score)}</td>
        <td className="wide soft nowrap">{date(contact.createdAt)}</td>
      </tr>
    ))}
  </Table>
);

const Tags = ({ tags }: { tags: readonly string[] }) => {
  const { shown, more } = someTags(tags);
  return (
    <div className="row">
      {shown.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {more > 0 && <span className="small faint">{said.moreTags(more)}</span>}
    </div>
  );
};
