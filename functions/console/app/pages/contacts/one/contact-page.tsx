import { Bones } from '../../../parts/bones.tsx';
import { Loaded } from '../../../parts/loaded.tsx';
import { Page } from '../../../parts/page.tsx';
import { Tabs } from '../../../parts/tabs.tsx';
import { words } from '../../../words/words.ts';
import { emailOf, nameOf } from '../contact.ts';
import { type ContactRead, useContact } from '../queries.ts';
import { ConsentPart } from './consent.tsx';
import { Data } from './data.tsx';
import { Erase } from './erase.tsx';
import { ExportOne } from './export.tsx';
import { Message } from './message.tsx';
import { Timeline } from './timeline.tsx';

const said = words.contacts;

const ContactPage = ({ id, part, message }: { id: string; part: string; message: string | undefined }) => {
  const query = useContact(id);
  if (query.data) return <Known read={query.data} part={part} message={message} />;
  return (
    <Page title={said.one} crumbs={[{ to: '/contacts', name: said.title }]}>
      <Loaded query={query} waiting={<Bones rows={6} />}>
        {() => null}
      </Loaded>
    </Page>
  );
};

export default ContactPage;

const Known = ({ read, part, message }: { read: ContactRead; part: string; message: string | undefined }) => {
  const { contact } = read;
  const at = `/contacts/${contact.id}`;
  const name = nameOf(contact);
  return (
    <Page
      title={name}
      lead={emailOf(contact) === name ? contact.id : emailOf(contact)}
      crumbs={[{ to: '/contacts', name: said.title }, ...(message === undefined ? [] : [{ to: at, name }])]}
      actions={
        <>
          <ExportOne contact={contact} />
          <Erase read={read} />
        </>
      }
    >
      <Tabs
        label={said.tabsLabel}
        tabs={[
          { to: at, name: said.tabs.timeline },
          { to: `${at}/data`, name: said.tabs.data },
          { to: `${at}/consent`, name: said.tabs.consent },
        ]}
      />
      {part === '' && <Timeline id={contact.id} />}
      {part === 'data' && <Data read={read} />}
      {part === 'consent' && <ConsentPart read={read} />}
      {part === 'messages' && message !== undefined && <Message id={message} />}
    </Page>
  );
};
