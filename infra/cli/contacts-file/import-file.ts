import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Encoding } from '#csv/decode';
import type { Separator } from '#csv/separators';
import type { ImportAnswer } from '#functions/contacts/importing/answer';
import { type ApiOptions, call, exchange } from '../api.ts';
import { Failure } from '../failure.ts';
import { createProgress } from '../output/progress.ts';
import { createWholeFile, type WholeFile, writeWhole } from '../output/whole-file.ts';
import { partsOf } from './parts.ts';
import { lookAt, readRows } from './read-file.ts';

export interface Outcome extends ImportAnswer {
  /** It was imported before: nothing happened now. */
  repeated: boolean;
  /** Cells that were left out of rows that were taken: `companySize:invalid-number`, and how often. */
  leftOut: Record<string, number>;
}

export interface ImportOrder {
  file: string;
  encoding?: Encoding | undefined;
  separator?: Separator | undefined;
  /** For the API, as it names them. */
  query: URLSearchParams;
  /** Where the result of each row goes. */
  result: string;
  /** Also when this very file was imported before. */
  again: boolean;
}

/** The same file with the same options is the same import: what broke off goes on. */
const keyOf = (digest: string, { query, again }: ImportOrder): string =>
  createHash('sha256')
    .update([digest, query.toString(), again ? randomUUID() : ''].join('\n'))
    .digest('base64url');

const countParts = async (
  order: ImportOrder,
  encoding: Encoding,
): Promise<{ parts: number; separator: Separator }> => {
  const rows = await readRows(order.file, encoding, order.separator);
  let parts = 0;
  for await (const { number } of partsOf(rows)) parts = number;
  return { parts, separator: rows.separator };
};

/** Sends what is missing, drives the import to its end, and fetches the result of each row. */
export const importFile = async (options: ApiOptions, order: ImportOrder): Promise<Outcome> => {
  const result = createWholeFile(order.result);
  const { digest, encoding } = await lookAt(order.file, order.encoding);
  const query = new URLSearchParams(order.query);
  const { parts, separator } = await countParts(order, encoding);
  query.set('parts', String(parts));
  // Parts go out with commas; what the file had is told by this alone.
  if (separator === ';' && !query.has('decimal')) query.set('decimal', 'ask');
  const headers = { 'idempotency-key': keyOf(digest, order) };
  const opened = await exchange(options, 'POST', `/v1/contacts/import?${query}`, { headers });
  const one = JSON.parse(opened.text) as ImportAnswer;
  const progress = createProgress('import');
  try {
    if (one.status === 'open') await sendParts(options, { ...order, encoding }, one, progress);
    const done = await drive(options, one.id, progress);
    const leftOut = await fetchResult(options, one.id, result);
    return { ...done, leftOut, repeated: one.status === 'completed' };
  } finally {
    progress.end();
  }
};

type Progress = ReturnType<typeof createProgress>;

const sendParts = async (
  options: ApiOptions,
  { file, encoding, separator }: ImportOrder & { encoding: Encoding },
  one: ImportAnswer,
  progress: Progress,
): Promise<void> => {
  const missing = new Set(one.parts.missing);
  for await (const { number, text } of partsOf(await readRows(file, encoding, separator))) {
    progress.step(number - 1, one.parts.expected, 'parts sent');
    if (!missing.has(number)) continue;
    await exchange(options, 'PUT', `/v1/imports/${one.id}/parts/${number}`, {
      body: gzipSync(text),
      headers: { 'content-type': 'text/csv; charset=utf-8', 'content-encoding': 'gzip' },
    });
  }
};

/** It goes on by itself, too; but nobody likes to wait for the next minute. */
const drive = async (options: ApiOptions, id: string, progress: Progress): Promise<ImportAnswer> => {
  for (let before = -1; ; ) {
    const now = (await call(options, 'POST', `/v1/imports/${id}/continue`)) as ImportAnswer;
    progress.step(now.done, now.rows, 'rows');
    if (now.status === 'completed') return now;
    if (now.status === 'failed') throw new Failure(`The import has failed. ${now.reason ?? ''}`);
    // Somebody else is at work on it, or new leads come first.
    if (now.done === before) await pause(500);
    before = now.done;
  }
};

const nextOf = (link: string | null): string | undefined => /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1];

/** Page by page, so that a file of a million rows fits. */
export const fetchPages = async (
  options: ApiOptions,
  path: string,
  write: (text: string) => Promise<void>,
): Promise<void> => {
  for (let next: string | undefined = path; next; ) {
    const { text, headers } = await exchange(options, 'GET', next);
    await write(text);
    next = nextOf(headers.get('link'));
  }
};

const fetchResult = async (
  options: ApiOptions,
  id: string,
  file: WholeFile,
): Promise<Record<string, number>> => {
  const leftOut: Record<string, number> = {};
  await writeWhole(file, (write) =>
    fetchPages(options, `/v1/imports/${id}/result`, async (text) => {
      for (const note of notesIn(text)) leftOut[note] = (leftOut[note] ?? 0) + 1;
      await write(text);
    }),
  );
  return leftOut;
};

/** A row that was refused is counted by its code already. */
const notesIn = (page: string): string[] =>
  [...page.matchAll(/^\d+,(?:created|updated|unchanged),\w*,"?([^"\r\n]+)/gm)].flatMap(([, notes = '']) =>
    notes.split('; '),
  );

/** Waits until the text is on its way: what is read is not piled up. */
export const writeAll = (out: NodeJS.WritableStream, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    out.write(text, (error) => (error ? reject(error) : resolve()));
  });
