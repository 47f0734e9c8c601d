import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { SentMessage } from '#functions/messages/previewing/sent';
import { Loaded } from '../../../parts/loaded.tsx';
import { Note } from '../../../parts/note.tsx';
import { Card } from '../../../parts/page.tsx';
import { SafeFrame } from '../../../parts/safe-frame.tsx';
import { useSession } from '../../../session/session.tsx';
import { dateTime } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';

const said = words.contacts.message;

/** As the reader saw it; its links lead nowhere that changes something. */
export const Message = ({ id }: { id: string }) => {
  const { api } = useSession();
  const query = useQuery({
    queryKey: ['messages', id],
    queryFn: ({ signal }) => api.get<SentMessage>(`/v1/messages/${encodeURIComponent(id)}`, signal),
  });
  return <Loaded query={query}>{(message) => <Shown message={message} />}</Loaded>;
};

const Shown = ({ message }: { message: SentMessage }) => {
  const { html, text, changed, subject } = message;
  const hasContent = html !== undefined || text !== undefined;
  return (
    <>
      {changed && hasContent && <Note>{said.changed}</Note>}
      <Card title={subject ?? said.title}>
        <Facts message={message} />
        {html !== undefined && <SafeFrame title={said.frame} html={html} />}
        {text !== undefined && html !== undefined && (
          <details>
            <summary>{said.text}</summary>
            <pre className="plain">{text}</pre>
          </details>
        )}
        {text !== undefined && html === undefined && <pre className="plain">{text}</pre>}
        {!hasContent && <p className="soft">{said.noContent}</p>}
      </Card>
    </>
  );
};

const Facts = ({ message: { status, reason, at, from, to, journey, step } }: { message: SentMessage }) => (
  <dl className="facts">
    <dt>{said.statusLabel}</dt>
    <dd>{said.status[status]}</dd>
    {reason !== undefined && (
      <>
        <dt>{said.why}</dt>
        <dd>{reason}</dd>
      </>
    )}
    <dt>{said.at}</dt>
    <dd>{dateTime(at)}</dd>
    {from !== undefined && (
      <>
        <dt>{said.from}</dt>
        <dd>{from}</dd>
      </>
    )}
    {to !== undefined && (
      <>
        <dt>{said.to}</dt>
        <dd>{to}</dd>
      </>
    )}
    <dt>{said.journey}</dt>
    <dd>
      <Link href={`/journeys/${journey}`}>{journey}</Link> · {step}
    </dd>
  </dl>
);
