import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { TimelineEntry } from '#functions/contacts/read-contact/timeline';
import { Bones } from '../../../parts/bones.tsx';
import { Button } from '../../../parts/button.tsx';
import { Choice } from '../../../parts/choice.tsx';
import { Code } from '../../../parts/code.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Loaded } from '../../../parts/loaded.tsx';
import { Card } from '../../../parts/page.tsx';
import { InPages } from '../../../parts/pager.tsx';
import { useSession } from '../../../session/session.tsx';
import { time } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import { contactAt } from '../queries.ts';
import { daysOf, icons, messageIn, newestFirst, type ShownKind, shownKinds } from './timeline-rows.ts';

const said = words.contacts.timeline;
const most = 1000;

/** The API tells a thousand things at once, from the beginning. */
export const Timeline = ({ id }: { id: string }) => {
  const { api } = useSession();
  const [shown, show] = useState<ShownKind>('all');
  const [since, setSince] = useState<string>();
  const from = since === undefined ? '' : `&since=${encodeURIComponent(since)}`;
  const query = useQuery({
    queryKey: ['contacts', id, 'timeline', since],
    queryFn: async ({ signal }) =>
      (await api.get<{ entries: TimelineEntry[] }>(`${contactAt(id)}/timeline?limit=${most}${from}`, signal))
        .entries,
    refetchInterval: 10_000,
  });
  return (
    <Card flush>
      <div className="card-head">
        <Choice<ShownKind>
          label={said.filter}
          options={shownKinds.map((value) => ({ value, name: said.filters[value] }))}
          value={shown}
          onChoose={show}
        />
        <div className="row">
          {since !== undefined && (
            <Button tone="plain" onClick={() => setSince(undefined)}>
              {said.beginning}
            </Button>
          )}
          {(query.data?.length ?? 0) >= most && (
            <Button tone="plain" onClick={() => setSince(query.data?.at(-1)?.at)}>
              {said.later}
            </Button>
          )}
        </div>
      </div>
      <Loaded
        query={query}
        waiting={
          <div className="card-body">
            <Bones />
          </div>
        }
      >
        {(entries) => (
          <InPages all={newestFirst(entries, shown)}>
            {(some) => <Days entries={some} contact={id} />}
          </InPages>
        )}
      </Loaded>
    </Card>
  );
};

const Days = (props: { entries: readonly TimelineEntry[]; contact: string }) => {
  const days = daysOf(props.entries);
  if (days.length === 0) return <Empty icon="clock" {...said.nothing} />;
  return (
    <section className="timeline" aria-label={said.label}>
      {days.map(({ day, entries }) => (
        <div key={day}>
          <h2 className="timeline-day">{day}</h2>
          <ol className="timeline-list">
            {entries.map((entry) => (
              <Entry key={`${entry.kind}-${entry.id}-${entry.at}`} entry={entry} contact={props.contact} />
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
};

const Entry = ({ entry, contact }: { entry: TimelineEntry; contact: string }) => {
  const message = messageIn(entry);
  return (
    <li className="timeline-entry" data-kind={entry.kind}>
      <time className="faint small number" dateTime={entry.at}>
        {time(entry.at)}
      </time>
      <Icon name={icons[entry.kind]} />
      <div className="column-tight">
        <span>{entry.text}</span>
        <div className="row small">
          {entry.journey !== undefined && <Link href={`/journeys/${entry.journey}`}>{entry.journey}</Link>}
          {message !== undefined && (
            <Link href={`/contacts/${contact}/messages/${message}`}>{said.message}</Link>
          )}
          <details>
            <summary className="faint">{said.details}</summary>
            <Code label={said.details}>{JSON.stringify(entry.details, null, 2)}</Code>
          </details>
        </div>
      </div>
    </li>
  );
};
