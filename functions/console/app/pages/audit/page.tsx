import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import type * as z from 'zod';
import type { auditSchema } from '#functions/api/read-audit/schemas';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { Pager, usePages } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import { useSession } from '../../session/session.tsx';
import { dateTime } from '../../words/format.ts';
import { words } from '../../words/words.ts';
import { type Act, type Filter, placeOf, queryOf, resultOf, whatOf } from './describe.ts';

const said = words.audit;
const { columns } = said;

const Audit = () => {
  const { api } = useSession();
  const pages = usePages();
  const [filter, set] = useState<Filter>({ actor: '', subject: '', days: '31' });
  const asked = queryOf(useDeferredValue(filter), Date.now(), pages.cursor);
  const query = useQuery({
    queryKey: ['audit', asked],
    queryFn: ({ signal }) => api.get<z.output<typeof auditSchema>>(`/v1/audit?${asked}`, signal),
    placeholderData: (before) => before,
  });
  const change = (next: Filter): void => {
    pages.first();
    set(next);
  };
  return (
    <Page title={said.title} lead={said.lead}>
      <Card flush>
        <Filters filter={filter} onChange={change} />
        <Loaded
          query={query}
          isEmpty={({ entries }) => entries.length === 0}
          empty={<Empty icon="audit" {...said.nothing} />}
        >
          {({ entries, next }) => (
            <>
              <Acts acts={entries} onActor={(actor) => change({ ...filter, actor })} />
              <Pager pages={pages} next={next} />
            </>
          )}
        </Loaded>
      </Card>
    </Page>
  );
};

export default Audit;

const Filters = ({ filter, onChange }: { filter: Filter; onChange(filter: Filter): void }) => (
  <div className="filters">
    <Field label={said.actor} hint={said.actorHint}>
      <input value={filter.actor} onChange={({ target }) => onChange({ ...filter, actor: target.value })} />
    </Field>
    <Field label={said.subject} hint={said.subjectHint}>
      <input
        value={filter.subject}
        onChange={({ target }) => onChange({ ...filter, subject: target.value })}
      />
    </Field>
    <Field label={said.days}>
      <select value={filter.days} onChange={({ target }) => onChange({ ...filter, days: target.value })}>
        {Object.entries(said.ranges).map(([days, name]) => (
          <option key={days} value={days}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  </div>
);

const Acts = ({ acts, onActor }: { acts: readonly Act[]; onActor(id: string): void }) => (
  <Table
    label={said.title}
    columns={[
      { name: columns.at },
      { name: columns.actor },
      { name: columns.what },
      { name: columns.subject },
      { name: columns.status },
    ]}
  >
    {acts.map((act) => {
      const place = placeOf(act);
      const result = resultOf(act);
      return (
        <tr key={act.id}>
          <td className="nowrap soft">{dateTime(act.at)}</td>
          <th scope="row">
            <button
              type="button"
              className="issue-go"
              title={said.only(act.actor.name)}
              onClick={() => onActor(act.actor.id)}
            >
              {act.actor.name}
            </button>
            {act.actor.role && <div className="faint small">{words.common.roles[act.actor.role]}</div>}
          </th>
          <td>{whatOf(act)}</td>
          <td>{place === undefined ? act.subject : <Link href={place}>{act.subject}</Link>}</td>
          <td>
            <Badge tone={result.tone}>{result.text}</Badge>
          </td>
        </tr>
      );
    })}
  </Table>
);
