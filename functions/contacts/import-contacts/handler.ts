import { createHash } from 'node:crypto';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { decodeCsv, type Encoding, encodingNamed } from '#csv/decode';
import { parseCsv } from '#csv/parse';
import type { Separator } from '#csv/separators';
import { type HttpAnswer, json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import { derivedId, newId } from '#kernel/ids';
import { catalogueOf } from '#store/catalogue/catalogue';
import { contactSettingsOf } from '#store/catalogue/contact-settings';
import { getImport, type Import, type ImportOptions, openImport, putPart } from '#store/catalogue/imports';
import { openStore, type Store } from '#store/store';
import { readHeader } from '../importing/columns.ts';
import { describeImport, keptColumns } from '../importing/settings.ts';
import { workOn } from '../importing/work.ts';
import { csvBody } from './body.ts';
import { readOptions } from './options.ts';
import { showResult } from './result.ts';

/** Nobody waits longer for an answer; the rest is done by whoever comes next. */
const longestMs = 5_000;
/** Of one request, where no clock moves within it. */
const mostLooks = 16;

const slice = (store: Store) => {
  const startedAt = store.clock.now();
  let looks = 0;
  return { store, isOver: () => ++looks > mostLooks || store.clock.now() - startedAt > longestMs };
};

const unknownImport = (): Refusal => new Refusal(404, 'unknown-import', 'There is no import of this id.');

const required = async (store: Store, request: HttpRequest): Promise<Import> => {
  const found = await getImport(store, parameter(request, 'id'));
  if (!found) throw unknownImport();
  return found;
};

const show = async (store: Store, status: number, one: Import): Promise<HttpAnswer> =>
  json(status, describeImport(one, await contactSettingsOf(store)), { location: `/v1/imports/${one.id}` });

const encodingOf = (charset: string | undefined, { encoding }: ImportOptions): Encoding | undefined => {
  if (encoding !== undefined) return encoding as Encoding;
  if (charset === undefined) return undefined;
  const named = encodingNamed(charset);
  if (named) return named;
  throw new Refusal(415, 'unsupported-charset', 'Send the CSV in UTF-8, UTF-16 or Windows-1252.');
};

/** Everything that can be wrong with the file as a whole is refused here, before anything is stored. */
const readPart = async (store: Store, request: HttpRequest, options: ImportOptions) => {
  const { bytes, charset } = await csvBody(request);
  const { text, encoding } = decodeCsv(bytes, encodingOf(charset, options));
  const { header, rows, separator, headerRow } = parseCsv(text, options.separator as Separator | undefined);
  const columns = readHeader(
    header,
    new Map(Object.entries(options.mapping)),
    await contactSettingsOf(store),
  );
  const digest = createHash('sha256').update(bytes).digest('base64url');
  return { columns: keptColumns(columns), rows, headerRow, encoding, separator, digest };
};

type Part = Awaited<ReturnType<typeof readPart>>;

const addPart = async (store: Store, one: Import, number: number, part: Part): Promise<Import> => {
  if (one.status === 'abandoned')
    throw new Refusal(409, 'import-abandoned', 'Its parts did not come within a day. Begin it again.');
  const known = one.parts[number];
  refuseOther(known, number, part);
  if (one.columns && JSON.stringify(one.columns) !== JSON.stringify(part.columns))
    throw new Refusal(422, 'other-header', 'Each part begins with the same header.');
  const now = known ? one : await putPart(store, one.id, { ...part, number });
  refuseOther(now.parts[number], number, part);
  return now;
};

const refuseOther = (known: { digest: string } | undefined, number: number, { digest }: Part): void => {
  if (known && known.digest !== digest)
    throw new Refusal(409, 'other-part', `Part ${number} was sent before, with other content.`);
};

const idOf = (request: HttpRequest): string => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return newId();
  if (key === '' || key.length > 255)
    throw new Refusal(400, 'invalid-idempotency-key', 'Idempotency-Key has 1 to 255 characters.');
  return derivedId('import', key);
};

/** The whole file as the body; or, with `parts`, only the beginning of an import whose parts follow. */
const begin = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const { parts, ...options } = readOptions(request.query);
  await catalogueOf(store).renew();
  const id = idOf(request);
  request.about(`imports/${id}`);
  if (parts !== undefined) return show(store, 202, await openImport(store, { id, options, expected: parts }));
  const part = await readPart(store, request, options);
  const opened = await openImport(store, { id, options, expected: 1 });
  return show(store, 202, await driven(store, await addPart(store, opened, 1, part)));
};

const driven = async (store: Store, one: Import): Promise<Import> =>
  one.status === 'running' ? ((await workOn(slice(store), one.id)) ?? one) : one;

const partNumber = (request: HttpRequest, { expected }: Import): number => {
  const number = Number(parameter(request, 'number'));
  if (Number.isInteger(number) && number >= 1 && number <= expected) return number;
  throw new Refusal(404, 'unknown-part', `The parts of this import are 1 to ${expected}.`);
};

const takePart = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  await catalogueOf(store).renew();
  const one = await required(store, request);
  const number = partNumber(request, one);
  return show(store, 202, await addPart(store, one, number, await readPart(store, request, one.options)));
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(
    context,
    { store },
    {
      'POST /v1/contacts/import': (request) => begin(store, request),
      'PUT /v1/imports/{id}/parts/{number}': (request) => takePart(store, request),
      'POST /v1/imports/{id}/continue': async (request) =>
        show(store, 200, await driven(store, await required(store, request))),
      'GET /v1/imports/{id}': async (request) => show(store, 200, await required(store, request)),
      'GET /v1/imports/{id}/result': async (request) =>
        showResult(store, request, await required(store, request)),
    },
  );
};
