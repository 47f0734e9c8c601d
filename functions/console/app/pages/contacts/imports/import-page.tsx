import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { ImportAnswer } from '#functions/contacts/importing/answer';
import { Badge } from '../../../parts/badge.tsx';
import { ButtonLink } from '../../../parts/button.tsx';
import { Download } from '../../../parts/download.tsx';
import { Issues } from '../../../parts/issues.tsx';
import { Loaded } from '../../../parts/loaded.tsx';
import { Card, Page } from '../../../parts/page.tsx';
import { Pager, usePages } from '../../../parts/pager.tsx';
import { Table } from '../../../parts/table.tsx';
import { useSession } from '../../../session/session.tsx';
import { number } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import { readCsv } from './csv-file.ts';

const said = words.contacts.imports;
const perPage = 100;

const isUnderWay = ({ status }: ImportAnswer): boolean => status === 'open' || status === 'running';

/** Looking at it moves it on; it goes on by itself, too. */
const ImportPage = ({ id }: { id: string }) => {
  const { api } = useSession();
  const query = useQuery({
    queryKey: ['imports', id],
    queryFn: async ({ signal }) =>
      (await api.ask<ImportAnswer>('POST', `/v1/imports/${encodeURIComponent(id)}/continue`, { signal }))
        .data,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? 1_000 : false),
  });
  return (
    <Page
      title={said.title}
      crumbs={[{ to: '/contacts', name: words.contacts.title }]}
      actions={<ButtonLink to="/contacts/import">{said.again}</ButtonLink>}
    >
      <Loaded query={query}>
        {(one) => (
          <>
            <Progress one={one} />
            <div className="two">
              <Columns one={one} />
              {(one.issues?.length ?? 0) > 0 && (
                <Card title={words.common.issues}>
                  <Issues issues={one.issues ?? []} />
                </Card>
              )}
            </div>
            <Results one={one} />
          </>
        )}
      </Loaded>
    </Page>
  );
};

export default ImportPage;

const Progress = ({ one }: { one: ImportAnswer }) => (
  <Card title={said.progress}>
    <div className="row" role="status">
      <Badge tone={one.status === 'completed' ? 'good' : isUnderWay(one) ? 'info' : 'bad'}>
        {said.status[one.status]}
      </Badge>
      <span>{said.rows(number(one.done), number(one.rows))}</span>
      {one.reason !== undefined && <span className="soft">{one.reason}</span>}
    </div>
    <progress className="progress" aria-label={said.progress} max={Math.max(1, one.rows)} value={one.done} />
    <div className="figures">
      {(['created', 'updated', 'unchanged', 'refused'] as const).map((name) => (
        <div className="figure" key={name}>
          <span className="figure-name">{said.figures[name]}</span>
          <span className="figure-value">{number(one[name])}</span>
        </div>
      ))}
    </div>
  </Card>
);

const Columns = ({ one: { columns = [], newFields = [] } }: { one: ImportAnswer }) => {
  if (columns.length === 0) return null;
  const meant = new Map(newFields.map((field) => [field.heading, field.meant]));
  return (
    <Card title={said.columns} flush>
      <Table label={said.columns} columns={[{ name: said.column }, { name: said.becomes }]}>
        {columns.map(({ heading, becomes }) => (
          <tr key={heading}>
            <th scope="row">{heading}</th>
            <td>
              {becomes} {meant.has(heading) && <Badge tone="warn">{said.newField}</Badge>}{' '}
              {meant.get(heading) !== undefined && said.meant(meant.get(heading) ?? '')}
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
};

const nextRow = /[?&]from=(\d+)/;

const Results = ({ one: { id, done } }: { one: ImportAnswer }) => {
  const { api } = useSession();
  const pages = usePages();
  const { resultColumns: columns } = said;
  const query = useQuery({
    queryKey: ['imports', id, 'result', pages.cursor, done],
    queryFn: async ({ signal }) => {
      const from = pages.cursor ?? '1';
      const { data, next } = await api.text(`/v1/imports/${id}/result?from=${from}&limit=${perPage}`, signal);
      const rows = readCsv(data);
      return { rows: from === '1' ? rows.slice(1) : rows, next: nextRow.exec(next ?? '')?.[1] };
    },
    placeholderData: (before) => before,
  });
  return (
    <Card
      title={said.result}
      flush
      actions={
        <Download
          path={`/v1/imports/${id}/result`}
          file={`import-${id}.csv`}
          type="text/csv"
          name={said.resultFile}
        />
      }
    >
      <Loaded query={query}>
        {({ rows, next }) => (
          <>
            <Table
              label={said.result}
              columns={[
                { name: columns.row, end: true },
                { name: columns.code },
                { name: columns.contact },
                { name: columns.notes },
              ]}
            >
              {rows.map(([row = '', code = '', contact = '', notes = '']) => (
                <tr key={row}>
                  <td className="end">{row}</td>
                  <td>
                    <Badge tone={said.codes[code] === undefined ? 'bad' : 'good'}>
                      {said.codes[code] ?? code}
                    </Badge>
                  </td>
                  <td className="mono small">
                    {contact !== '' && <Link href={`/contacts/${contact}`}>{contact}</Link>}
                  </td>
                  <td className="soft">{notes}</td>
                </tr>
              ))}
            </Table>
            <Pager pages={pages} next={next} />
          </>
        )}
      </Loaded>
    </Card>
  );
};
