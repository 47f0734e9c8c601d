import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { safeCsvLine } from '#csv/write';
import type { HttpAnswer } from '#http/answer';
import { limitIn, openCursor, sealCursor } from '#http/cursor';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { noSuch, Refusal } from '#kernel/errors';
import { catalogueOf } from '#store/catalogue/catalogue';
import { contactOfItem } from '#store/contacts/contacts';
import { memberMark, readShard } from '#store/contacts/memberships';
import { everybody, main, memberShards } from '#store/keys';
import { openStore, type Store } from '#store/store';
import type { Item } from '#store/table';
import { columnsOf, type Exported } from './columns.ts';

/** Lambda answers 6 MB at most. */
const mostBytes = 4 * 1024 * 1024;
const mostContacts = 1_000;
/** As many as one BatchGetItem takes. */
const atOnce = 100;
/** After every time. */
const end = '~';

/** Where a page ends: in a shard, after a mark. */
interface Place {
  shard: number;
  after?: string | undefined;
}

/** The mark belongs to what is listed, in whatever form it is shown. */
const listOf = (query: URLSearchParams): string => `export ${query.get('segment') ?? everybody}`;

const placeIn = async (store: Store, query: URLSearchParams): Promise<Place> => {
  const text = await openCursor(store, listOf(query), query.get('after'));
  if (text === undefined) return { shard: 0 };
  const [, shard, after] = /^(\d)\.(.*)$/.exec(text) ?? [];
  return { shard: Number(shard), after: after === '' ? undefined : after };
};
const textOf = ({ shard, after = '' }: Place): string => `${shard}.${after}`;

const identitiesOf = (item: Item): string[] => [...((item.identities ?? new Set()) as Set<string>)];
const userIdMark = main.identity('userId', '').pk;

const exportedOf = (store: Store, item: Item): Exported => ({
  contact: contactOfItem(item, store.clock.now()),
  userIds: identitiesOf(item)
    .filter((pk) => pk.startsWith(userIdMark))
    .map((pk) => pk.slice(userIdMark.length)),
});

/** In the order of the index; who is gone meanwhile is left out. */
const readContacts = async (store: Store, ids: readonly string[]): Promise<Exported[]> => {
  const items = await store.main.getMany(ids.map(main.profile));
  const byId = new Map(items.map((item) => [String(item.id), item]));
  return ids.flatMap((id) => {
    const item = byId.get(id);
    return item?.fields === undefined ? [] : [exportedOf(store, item)];
  });
};

type Write = (exported: Exported) => string;

/** @returns lines, and where the next page begins */
const page = async (
  store: Store,
  { segment, place, limit, write }: { segment: string; place: Place; limit: number; write: Write },
): Promise<{ lines: string[]; next?: Place }> => {
  const lines: string[] = [];
  let [at, bytes]: [Place, number] = [place, 0];
  while (at.shard < memberShards) {
    if (lines.length >= limit || bytes >= mostBytes) return { lines, next: at };
    const size = Math.min(atOnce, limit - lines.length);
    const { shard, after } = at;
    const members = await readShard(store, {
      ...{ segment, shard, until: end, limit: size },
      ...(after === undefined ? {} : { after }),
    });
    const more = (
      await readContacts(
        store,
        members.map(({ contact }) => contact),
      )
    ).map(write);
    lines.push(...more);
    bytes += more.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    const last = members.at(-1);
    at = members.length < size || !last ? { shard: shard + 1 } : { shard, after: memberMark(last) };
  }
  return { lines };
};

const segmentIn = async (store: Store, query: URLSearchParams): Promise<string> => {
  const segment = query.get('segment');
  if (segment === null) return everybody;
  if ((await catalogueOf(store).segments()).has(segment)) return segment;
  throw noSuch('segment', segment);
};

const formats = {
  csv: { type: 'text/csv; charset=utf-8; header=present', ending: 'csv' },
  ndjson: { type: 'application/x-ndjson', ending: 'ndjson' },
} as const;
const formatIn = (query: URLSearchParams): keyof typeof formats => {
  const format = query.get('format') ?? 'csv';
  if (format === 'csv' || format === 'ndjson') return format;
  throw new Refusal(400, 'invalid-query', '"format" is csv or ndjson.');
};

const writerOf = async (
  store: Store,
  format: keyof typeof formats,
): Promise<{ header: string; write: Write }> => {
  if (format === 'ndjson')
    return { header: '', write: ({ contact, userIds }) => `${JSON.stringify({ ...contact, userIds })}\n` };
  const columns = columnsOf(await catalogueOf(store).client());
  return {
    header: safeCsvLine(columns.map(({ heading }) => heading)),
    write: (exported) => safeCsvLine(columns.map(({ cell }) => cell(exported))),
  };
};

const nextOf = async (store: Store, query: URLSearchParams, next: Place): Promise<string> => {
  const rest = new URLSearchParams(query);
  rest.set('after', await sealCursor(store, listOf(query), textOf(next)));
  return `/v1/contacts/export?${rest}`;
};

const exportPage = async (store: Store, { query }: HttpRequest): Promise<HttpAnswer> => {
  await catalogueOf(store).renew();
  const [format, limit] = [formatIn(query), limitIn(query, mostContacts)];
  const place = await placeIn(store, query);
  const { header, write } = await writerOf(store, format);
  const { lines, next } = await page(store, { segment: await segmentIn(store, query), place, limit, write });
  const { type, ending } = formats[format];
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="contacts.${ending}"`,
      ...(next ? { link: `<${await nextOf(store, query, next)}>; rel="next"` } : {}),
    },
    body: `${query.has('after') ? '' : header}${lines.join('')}`,
  };
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store }, (request) => exportPage(store, request));
};
