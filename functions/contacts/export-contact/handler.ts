import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { openCursor, sealCursor } from '#http/cursor';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { channelOfField } from '#model/channel';
import { contactOfItem, getProfileItem } from '#store/contacts/contacts';
import { readSuppressions } from '#store/contacts/suppressions';
import { main } from '#store/keys';
import { openStore, type Store } from '#store/store';
import type { Item } from '#store/table';
import { describeItem } from './everything.ts';

/** Lambda answers at most 6 MB, and encoding takes its part. */
const mostBytes = 4_000_000;
const perPage = 200;

interface Place {
  /** Which of the partitions: its own first, then those of contacts that were merged into it. */
  part: number;
  /** Sort key of the last item that was handed out. */
  after: string;
}

const seal = (store: Store, contact: string, { part, after }: Place): Promise<string> =>
  sealCursor(store, `contact ${contact}`, `${part} ${after}`);
const open = async (store: Store, contact: string, text: string | null): Promise<Place> => {
  const place = await openCursor(store, `contact ${contact}`, text);
  const [, part = '0', after = ''] = /^(\d+) (.*)$/s.exec(place ?? '') ?? [];
  return { part: Number(part), after };
};

/** As many items as one answer takes. */
const collect = async (store: Store, partitions: readonly string[], from: Place) => {
  const lists: Record<string, unknown[]> = {};
  let { part, after } = from;
  for (let bytes = 0; part < partitions.length; ) {
    const pk = main.contactPk(partitions[part]!);
    const page = await store.main.query({ pk, limit: perPage, ...(after ? { from: `${after}\0` } : {}) });
    for (const item of page) {
      const described = describeItem(item);
      if (described) {
        bytes += described.bytes;
        lists[described.list] = [...(lists[described.list] ?? []), described.value];
      }
      after = String(item.sk);
      if (bytes > mostBytes) return { lists, next: { part, after } };
    }
    if (page.length === perPage) continue;
    part++;
    after = '';
  }
  return { lists };
};

const identitiesOf = ({ identities }: Item) =>
  [...((identities ?? new Set()) as Set<string>)].map((pk) => {
    const [, kind = '', ...value] = pk.split('#');
    return { kind, value: value.join('#') };
  });

/** What is remembered against its addresses, by address. */
const suppressionsOf = async (store: Store, identities: ReturnType<typeof identitiesOf>) => {
  const found = identities.map(async ({ kind, value }) => {
    const channel = channelOfField(kind);
    if (channel === undefined) return [];
    const known = (await readSuppressions(store, [{ channel, address: value }]))[channel];
    return known ? [{ channel, address: value, ...known }] : [];
  });
  return (await Promise.all(found)).flat();
};

const exportContact = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const profile = await getProfileItem(store, parameter(request, 'id'));
  if (!profile) throw new Refusal(404, 'unknown-contact', 'There is no contact of this id.');
  const now = store.clock.now();
  const contact = contactOfItem(profile, now);
  const place = await open(store, contact.id, request.query.get('after'));
  const { lists, next: further } = await collect(store, [contact.id, ...(contact.merged ?? [])], place);
  const next = further && (await seal(store, contact.id, further));
  const identities = identitiesOf(profile);
  const suppressions = await suppressionsOf(store, identities);
  const name = `contact-${contact.id}.json`;
  return json(
    200,
    { exportedAt: iso(now), contact, identities, suppressions, ...lists, ...(next ? { next } : {}) },
    { 'content-disposition': `attachment; filename="${name}"` },
  );
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store }, (request) => exportContact(store, request));
};
