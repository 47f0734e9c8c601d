import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PreviewAnswer } from '#functions/messages/previewing/request';
import { Problem } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Issues } from '../../parts/issues.tsx';
import { Note } from '../../parts/note.tsx';
import { Card } from '../../parts/page.tsx';
import { SafeFrame } from '../../parts/safe-frame.tsx';
import { ScrollRegion } from '../../parts/scroll-region.tsx';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import { isId } from '../documents/parts.ts';
import { useSettled } from '../documents/use-settled.ts';
import { headOf, issuesOf, isUnknownContact } from './shown.ts';
import { TestSend } from './test-send.tsx';

const said = words.documents.templates;
const views = ['wide', 'narrow', 'text'] as const;
type View = (typeof views)[number];

/** As a contact would get it, a moment after it was typed. */
export const Preview = ({ id, template }: { id: string; template: unknown }) => {
  const { api } = useSession();
  const [who, ask] = useState('');
  const [view, look] = useState<View>('wide');
  const [isTesting, test] = useState(false);
  const draft = useSettled(template, 500);
  const contact = useSettled(who.trim(), 500);
  const at = `/v1/templates/${isId(id) ? id : 'new'}`;
  const body = { template: draft, ...(contact === '' ? {} : { contact }) };
  const query = useQuery({
    queryKey: ['preview', at, body],
    queryFn: async ({ signal }) =>
      (await api.ask<PreviewAnswer>('POST', `${at}/preview`, { body, signal })).data,
    enabled: draft !== undefined,
    placeholderData: (before) => before,
    retry: false,
  });
  return (
    <>
      <Card
        title={said.preview}
        flush
        actions={
          <Choice<View>
            label={said.width}
            options={views.map((value) => ({ value, name: said.widths[value] }))}
            value={view}
            onChoose={look}
          />
        }
      >
        <div className="card-body">
          <Field
            label={said.who}
            hint={said.whoHint}
            fault={isUnknownContact(query.error) ? said.unknown : undefined}
          >
            <input
              type="search"
              autoComplete="off"
              spellCheck={false}
              value={who}
              onChange={({ target }) => ask(target.value)}
            />
          </Field>
          <Faults error={query.error} />
          {!query.data && !query.error && <p className="soft">{said.waiting}</p>}
          {query.data && <Head answer={query.data} />}
          {query.data?.channel === 'email' && (
            <div className="row">
              <Button onClick={() => test(true)}>
                <Icon name="mail" />
                {said.test}
              </Button>
            </div>
          )}
        </div>
        {query.data && <Body answer={query.data} view={view} />}
      </Card>
      {isTesting && <TestSend at={at} body={body} onClose={() => test(false)} />}
    </>
  );
};

const Faults = ({ error }: { error: unknown }) => {
  if (!error || isUnknownContact(error)) return null;
  const issues = issuesOf(error);
  if (issues.length > 0) return <Issues issues={issues} />;
  return error instanceof Problem && error.status < 500 && error.status > 0 ? (
    <Note tone="warn">{error.message}</Note>
  ) : (
    <Failed error={error} />
  );
};

const Head = ({ answer }: { answer: PreviewAnswer }) => (
  <>
    {answer.skipped && <Note tone="warn">{said.skipped(answer.skipped.detail)}</Note>}
    <Issues issues={answer.issues} />
    <dl className="facts">
      {headOf(answer).map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </>
);

const Body = ({ answer: { html, text, channel }, view }: { answer: PreviewAnswer; view: View }) => {
  if (view === 'text' || channel === 'sms')
    return (
      <div className="stage">
        <pre className="plain">{text ?? said.noText}</pre>
      </div>
    );
  return (
    <ScrollRegion className="stage" narrow={view === 'narrow'} label={said.preview}>
      {html === undefined ? (
        <p className="soft">{said.noHtml}</p>
      ) : (
        <SafeFrame title={said.frame} html={html} height={640} />
      )}
    </ScrollRegion>
  );
};
