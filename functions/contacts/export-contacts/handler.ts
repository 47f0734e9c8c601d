import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { safeCsvLine } from '#csv/write';
import type { HttpAnswer } from '#http/answer';
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

const placeIn = (query: URLSearchParams): Place => {
  const text = query.get('after');
  if (text === null) return { shard: 0 };
  const found = /^(\d)\.([A-Za-z0-9:.#-]{1,100})?$/.exec(Buffer.from(text, 'base64url').toString());
  if (!found || Number(found[1]) >= memberShards)
    throw new Refusal(400, 'invalid-query', '"after" is what "next" of the page before says.');
  return { shard: Number(found[1]), after: found[2] };
};
const textOf = ({ shard, after = '' }: Place): string =>
  Buffer.from(`${shard}.${after}`).toString('base64url');

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

const limitIn = (query: URLSearchParams): number => {
  const limit = Number(query.get('limit') ?? mostContacts);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostContacts) return limit;
  throw new Refusal(400, 'invalid-query', `"limit" is a number from 1 to ${mostContacts}.`);
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

const nextOf = (query: URLSearchParams, next: Place): string => {
  const rest = new URLSearchParams(query);
  rest.set('after', textOf(next));
  return `/v1/contacts/export?${rest}`;
};

const exportPage = async (store: Store, { query }: HttpRequest): Promise<HttpAnswer> => {
  await catalogueOf(store).renew();
  const [format, place, limit] = [formatIn(query), placeIn(query), limitIn(query)];
  const { header, write } = await writerOf(store, format);
  const { lines, next } = await page(store, { segment: await segmentIn(store, query), place, limit, write });
  const { type, ending } = formats[format];
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="contacts.${ending}"`,
      ...(next ? { link: `<${nextOf(query, next)}>; rel="next"` } : {}),
    },
    body: `${query.has('after') ? '' : header}${lines.join('')}`,
  };
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store }, (request) => exportPage(store, request));
};
