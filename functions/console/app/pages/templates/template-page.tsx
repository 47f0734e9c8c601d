import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import { Bench } from '../documents/bench.tsx';
import { type DocumentRead, useDocument } from '../documents/queries.ts';
import { Remove } from '../documents/remove.tsx';
import { example } from './example.ts';
import { Preview } from './preview.tsx';

const said = words.documents.templates;
const crumbs = [{ to: '/templates', name: said.title }];
const bodies = ['mjml', 'html', 'text'];

const TemplatePage = ({ id }: { id?: string }) =>
  id === undefined ? (
    <Page title={said.add} crumbs={crumbs}>
      <Workshop read={{ document: example, etag: undefined }} />
    </Page>
  ) : (
    <Page title={id} crumbs={crumbs} actions={<Remove kind="templates" id={id} needs="author" />}>
      <Known id={id} />
    </Page>
  );

export default TemplatePage;

const Known = ({ id }: { id: string }) => (
  <Loaded query={useDocument('templates', id)}>{(read) => <Workshop id={id} read={read} />}</Loaded>
);

const Workshop = ({ id, read }: { id?: string; read: DocumentRead }) => {
  const { may } = useSession();
  return (
    <Bench
      kind="templates"
      {...(id === undefined ? {} : { id })}
      read={read}
      bodies={bodies}
      needs="author"
      label={said.editor}
    >
      {(draft) => may('author') && <Preview id={draft.id} template={draft.value} />}
    </Bench>
  );
};
