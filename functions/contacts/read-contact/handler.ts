import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { limitIn, openCursor, sealCursor } from '#http/cursor';
import { etag } from '#http/etag';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { Contact } from '#model/contact';
import { type Identity, normaliseEmail, normalisePhone, refuseId } from '#policy/contacts/identity';
import { contactOfItem, getContact } from '#store/contacts/contacts';
import { history } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { listMembers, type Member, memberMark } from '#store/contacts/memberships';
import { everybody, main } from '#store/keys';
import { openStore, type Store } from '#store/store';
import type { ContactPage } from './page.ts';
import { describeHistory } from './timeline.ts';

const required = async (store: Store, id: string | undefined): Promise<Contact> => {
  const contact = id === undefined ? undefined : await getContact(store, id);
  if (!contact) throw new Refusal(404, 'unknown-contact', 'There is no such contact.');
  return contact;
};

const asked = ({ query }: HttpRequest): Identity => {
  const email = query.get('email');
  const phone = query.get('phone');
  const userId = query.get('userId');
  if (userId && !refuseId(userId)) return { kind: 'userId', value: userId };
  const value = email === null ? normalisePhone(phone ?? '') : normaliseEmail(email);
  if (value !== undefined) return { kind: email === null ? 'phone' : 'email', value };
  throw new Refusal(
    400,
    'invalid-query',
    'Ask with ?email=, ?phone= (with country code) or ?userId=; with ?limit= for all, page by page.',
  );
};

const show = (contact: Contact): HttpAnswer => json(200, contact, { etag: etag(contact.rev) });

/** Kept under its id: an address stands in no audit. */
const find = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const found = await required(store, await findContactId(store, asked(request)));
  request.about(`contacts/${found.id}`);
  return show(found);
};

const mostListed = 100;
const listed = 'contacts';

/** Who came last stands first. A page reads eight index pages, however many contacts there are. */
const list = async (store: Store, { query }: HttpRequest): Promise<HttpAnswer> => {
  const limit = limitIn(query, mostListed);
  const before = await openCursor(store, listed, query.get('cursor'));
  const found = await listMembers(store, { segment: everybody, before, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last ? await sealCursor(store, listed, memberMark(last)) : null;
  return json(200, { contacts: await readThose(store, page), next } satisfies ContactPage);
};

/** In the order of the index; who is gone meanwhile is left out. */
const readThose = async (store: Store, page: readonly Member[]): Promise<Contact[]> => {
  if (page.length === 0) return [];
  const items = await store.main.getMany(page.map(({ contact }) => main.profile(contact)));
  const byId = new Map(items.map((item) => [String(item.id), item]));
  return page.flatMap(({ contact }) => {
    const item = byId.get(contact);
    return item?.fields === undefined ? [] : [contactOfItem(item, store.clock.now())];
  });
};

const isList = ({ query }: HttpRequest): boolean =>
  (query.has('limit') || query.has('cursor')) &&
  !['email', 'phone', 'userId'].some((name) => query.has(name));

const timeOf = (query: URLSearchParams, name: string): string | undefined => {
  const text = query.get(name);
  if (text === null) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Refusal(400, 'invalid-query', `"${name}" is a time in ISO 8601.`);
  return new Date(ms).toISOString();
};

const mostEntries = 1000;

const timeline = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const contact = await required(store, parameter(request, 'id'));
  const { query } = request;
  const items = await history(store, contact, {
    since: timeOf(query, 'since'),
    until: timeOf(query, 'until'),
    limit: limitIn(query, mostEntries),
  });
  return json(200, { contact: contact.id, entries: describeHistory(items) });
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/contacts': (request) => (isList(request) ? list(store, request) : find(store, request)),
      'GET /v1/contacts/{id}': async (request) => show(await required(store, parameter(request, 'id'))),
      'GET /v1/contacts/{id}/timeline': (request) => timeline(store, request),
    },
  );
};
