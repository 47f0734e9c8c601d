import { safeCsvLine } from '#csv/write';
import { type HttpAnswer, json } from '#http/answer';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { Table } from '../tables/table.ts';

const written = (value: string | number | null): string => (value === null ? '' : String(value));

/** No cell of it is a formula. */
const csvOf = ({ columns, rows }: Table): string =>
  [columns, ...rows.map((row) => row.map(written))].map(safeCsvLine).join('');

const csvAnswer = (table: Table, name: string): HttpAnswer => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}-${table.id}.csv"`,
  },
  body: csvOf(table),
});

const svgAnswer = (svg: string): HttpAnswer => ({
  status: 200,
  // Opened by itself it runs nothing and loads nothing.
  headers: {
    'content-type': 'image/svg+xml; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  },
  body: svg,
});

type Format = 'json' | 'csv' | 'svg';
const formats: readonly Format[] = ['json', 'csv', 'svg'];

/** `?format=` before `Accept`. */
const formatIn = ({ query, headers }: HttpRequest): Format => {
  const asked = query.get('format');
  if (asked !== null) {
    const found = formats.find((format) => format === asked);
    if (found) return found;
    throw new Refusal(400, 'invalid-query', '"format" is json, csv or svg.');
  }
  const accept = headers.accept ?? '';
  if (/^\s*text\/csv\b/.test(accept)) return 'csv';
  return /^\s*image\/svg\+xml\b/.test(accept) ? 'svg' : 'json';
};

const pick = <T>(all: Readonly<Record<string, T>>, asked: string | null, what: string): T => {
  const [first = ''] = Object.keys(all);
  const found = Object.hasOwn(all, asked ?? first) ? all[asked ?? first] : undefined;
  if (found !== undefined) return found;
  throw new Refusal(400, 'invalid-query', `"${what}" is one of ${Object.keys(all).join(', ')}.`);
};

/** What may be had of one answer, beside its JSON; of tables and plots the first when none is named. */
export interface Shown<A extends object> {
  name: string;
  answer: A;
  tables: Readonly<Record<string, (answer: A) => Table>>;
  plots?: Readonly<Record<string, (answer: A) => string>>;
}

export const show = <A extends object>(
  request: HttpRequest,
  { name, answer, tables, plots = {} }: Shown<A>,
): HttpAnswer => {
  const format = formatIn(request);
  if (format === 'csv') return csvAnswer(pick(tables, request.query.get('table'), 'table')(answer), name);
  if (format === 'svg') {
    if (Object.keys(plots).length === 0)
      throw new Refusal(406, 'no-plot', 'There is no plot of this; ask for json or csv.');
    return svgAnswer(pick(plots, request.query.get('plot'), 'plot')(answer));
  }
  return json(200, answer);
};
