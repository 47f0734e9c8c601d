import { Button } from '../../parts/button.tsx';
import { Code } from '../../parts/code.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { useTell } from '../../parts/tell.ts';
import { words } from '../../words/words.ts';
import { Bench, type Draft } from '../documents/bench.tsx';
import { type DocumentRead, useDocument } from '../documents/queries.ts';
import { Remove } from '../documents/remove.tsx';
import { htmlOf } from './html.ts';
import { asForm } from './inputs.ts';
import { Trial } from './trial.tsx';

const said = words.documents.forms;
const crumbs = [{ to: '/forms', name: said.title }];
const begin = {
  document: {
    name: '',
    fields: { email: { type: 'email', required: true, label: said.example.email } },
    consent: { field: 'consent', value: 'yes', channel: 'email', text: said.example.consent },
    origins: [],
  },
  etag: undefined,
};

const FormPage = ({ id }: { id?: string }) =>
  id === undefined ? (
    <Page title={said.add} crumbs={crumbs}>
      <Workshop read={begin} />
    </Page>
  ) : (
    <Page title={id} crumbs={crumbs} actions={<Remove kind="forms" id={id} needs="publisher" />}>
      <Known id={id} />
    </Page>
  );

export default FormPage;

const Known = ({ id }: { id: string }) => (
  <Loaded query={useDocument('forms', id)}>{(read) => <Workshop id={id} read={read} />}</Loaded>
);

const Workshop = ({ id, read }: { id?: string; read: DocumentRead }) => (
  <Bench kind="forms" {...(id === undefined ? {} : { id })} read={read} needs="publisher" label={said.editor}>
    {(draft) => <Beside draft={draft} />}
  </Bench>
);

const Beside = ({ draft: { id, value, isSaved } }: { draft: Draft }) => {
  const form = asForm(value);
  if (!form) return null;
  return (
    <>
      <Paste html={htmlOf(form, id, location.origin)} />
      <Card title={said.trial}>
        {isSaved ? <Trial key={JSON.stringify(form)} id={id} form={form} /> : <p>{said.trialSaved}</p>}
      </Card>
    </>
  );
};

const Paste = ({ html }: { html: string }) => {
  const tell = useTell();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(html);
    tell(said.copied);
  };
  return (
    <Card
      title={said.html}
      actions={
        <Button tone="plain" onClick={() => void copy()}>
          <Icon name="copy" />
          {said.copy}
        </Button>
      }
    >
      <p className="soft">{said.htmlLead}</p>
      <Code label={said.html}>{html}</Code>
    </Card>
  );
};
