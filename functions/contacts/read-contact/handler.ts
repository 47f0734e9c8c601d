import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { etag } from '#http/etag';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { Contact } from '#model/contact';
import { type Identity, normaliseEmail, normalisePhone, refuseId } from '#policy/contacts/identity';
import { getContact } from '#store/contacts/contacts';
import { history } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { openStore, type Store } from '#store/store';
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
  throw new Refusal(400, 'invalid-query', 'Ask with ?email=, ?phone= (with country code) or ?userId=.');
};

const show = (contact: Contact): HttpAnswer => json(200, contact, { etag: etag(contact.rev) });

/** Kept under its id: an address stands in no audit. */
const find = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const found = await required(store, await findContactId(store, asked(request)));
  request.about(`contacts/${found.id}`);
  return show(found);
};

const timeOf = (query: URLSearchParams, name: string): string | undefined => {
  const text = query.get(name);
  if (text === null) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Refusal(400, 'invalid-query', `"${name}" is a time in ISO 8601.`);
  return new Date(ms).toISOString();
};

const mostEntries = 1000;
const limitOf = (query: URLSearchParams): number => {
  const limit = Number(query.get('limit') ?? mostEntries);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostEntries) return limit;
  throw new Refusal(400, 'invalid-query', `"limit" is a number from 1 to ${mostEntries}.`);
};

const timeline = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const contact = await required(store, parameter(request, 'id'));
  const { query } = request;
  const items = await history(store, contact, {
    since: timeOf(query, 'since'),
    until: timeOf(query, 'until'),
    limit: limitOf(query),
  });
  return json(200, { contact: contact.id, entries: describeHistory(items) });
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/contacts': (request) => find(store, request),
      'GET /v1/contacts/{id}': async (request) => show(await required(store, parameter(request, 'id'))),
      'GET /v1/contacts/{id}/timeline': (request) => timeline(store, request),
    },
  );
};
