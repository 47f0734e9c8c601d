import { safeCsvLine } from '#csv/write';
import type { HttpAnswer } from '#http/answer';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import { type Import, readResults } from '#store/catalogue/imports';
import type { Store } from '#store/store';

/** A page of CSV far below the 6 MB that Lambda may answer. */
const mostRows = 20_000;

const numberIn = (
  query: URLSearchParams,
  name: string,
  { least, most, usual }: Record<'least' | 'most' | 'usual', number>,
): number => {
  const number = Number(query.get(name) ?? usual);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Refusal(400, 'invalid-query', `"${name}" is a number from ${least} to ${most}.`);
};

/** A line for each row of the file, as spreadsheets count them: what became of it, whose it is, what was left out. */
export const showResult = async (
  store: Store,
  { query }: HttpRequest,
  { id }: Import,
): Promise<HttpAnswer> => {
  const from = numberIn(query, 'from', { least: 1, most: 100_000_000, usual: 1 });
  const limit = numberIn(query, 'limit', { least: 1, most: mostRows, usual: mostRows });
  const rows = await readResults(store, id, { from, limit });
  const last = rows.at(-1)?.[0];
  const next =
    rows.length === limit && last !== undefined
      ? `/v1/imports/${id}/result?from=${last + 1}&limit=${limit}`
      : undefined;
  const header = from === 1 ? [safeCsvLine(['row', 'code', 'contact', 'notes'])] : [];
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="import-${id}.csv"`,
      ...(next ? { link: `<${next}>; rel="next"` } : {}),
    },
    body: [...header, ...rows.map(([row, ...cells]) => safeCsvLine([String(row), ...cells]))].join(''),
  };
};
