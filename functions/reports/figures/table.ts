import { z } from 'zod';
import { safeCsvLine } from '#csv/write';
import type { HttpAnswer } from '#http/answer';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';

const cell = z.union([z.string(), z.number(), z.null()]);

/** Rows for people and spreadsheets; the same in JSON, CSV and on the terminal. */
export const tableSchema = z.object({
  id: z.string(),
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
});
export type Table = z.output<typeof tableSchema>;

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

/** What may be had of one answer, beside its JSON. */
export interface Shown {
  name: string;
  json: () => HttpAnswer;
  tables: Readonly<Record<string, () => Table>>;
  plots: Readonly<Record<string, () => string>>;
}

export const show = (request: HttpRequest, { name, json, tables, plots }: Shown): HttpAnswer => {
  const format = formatIn(request);
  if (format === 'csv') return csvAnswer(pick(tables, request.query.get('table'), 'table')(), name);
  if (format === 'svg') {
    if (Object.keys(plots).length === 0)
      throw new Refusal(406, 'no-plot', 'There is no plot of this; ask for json or csv.');
    return svgAnswer(pick(plots, request.query.get('plot'), 'plot')());
  }
  return json();
};
