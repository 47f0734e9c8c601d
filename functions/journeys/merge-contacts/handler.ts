import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { etag } from '#http/etag';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { derivedId } from '#kernel/ids';
import type { ContactEvent } from '#model/event';
import { getContact } from '#store/contacts/contacts';
import { putEvent } from '#store/contacts/events';
import type { Store } from '#store/store';
import { joinOthers } from '../hearing/join.ts';
import { openServices, type Services } from '../services.ts';
import { mergeSchema } from './body.ts';

const required = async (store: Store, id: string) => {
  const contact = await getContact(store, id);
  if (!contact)
    throw new Refusal(404, 'unknown-contact', `There is no contact of the id "${id.slice(0, 64)}".`);
  return contact;
};

/** Stored first: should this process fall, the stream does what was asked. */
const askedBy = (store: Store, winner: string, loser: string): ContactEvent => {
  const at = iso(store.clock.now());
  return {
    ...{ id: `asked-${derivedId('asked', winner, loser)}`, contact: winner, joins: [loser] },
    ...({ type: 'identity', name: 'Merge Asked For', state: 'accepted', depth: 0 } as const),
    ...{ at, happenedAt: at, properties: { contact: loser } },
  };
};

const merge = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { store, catalogue } = services;
  const body = jsonBodyOf(request, mergeSchema);
  const [winner, loser] = [
    await required(store, parameter(request, 'id')),
    await required(store, body.contact),
  ];
  if (winner.id === loser.id)
    throw new Refusal(409, 'same-contact', 'Both ids lead to the same contact already.');
  await catalogue.renew();
  const event = askedBy(store, winner.id, loser.id);
  await putEvent(store, event);
  await joinOthers(services, event);
  const merged = await required(store, winner.id);
  if (!merged.merged?.includes(loser.id))
    throw new Refusal(409, 'not-merged', 'More belongs to these contacts than can be joined at once.');
  return json(200, merged, { etag: etag(merged.rev) });
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(context, { store: services.store }, (request) => merge(services, request));
};
