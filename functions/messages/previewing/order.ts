import type { FunctionContext } from '#aws/function-context';
import type { MessageOrder } from '#channels/order';
import { loadParts, storedTemplate } from '#functions/journeys/publishing/parts';
import { Refusal } from '#kernel/errors';
import type { Issue } from '#kernel/issue';
import type { Client } from '#model/client';
import { viewContact } from '#model/contact';
import { type Identity, normaliseEmail, refuseId } from '#policy/contacts/identity';
import type { Catalogue } from '#store/catalogue/catalogue';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import { getContact } from '#store/contacts/contacts';
import { findContactId } from '#store/contacts/identities';
import type { Store } from '#store/store';
import { exampleContact, messageOrder } from './message-order.ts';
import type { PreviewRequest } from './request.ts';

export interface Services {
  store: Store;
  catalogue: Catalogue;
  context: FunctionContext;
}

const unknownContact = (): Refusal =>
  new Refusal(
    404,
    'unknown-contact',
    'There is no such contact: name an id, a user id or an e-mail address.',
  );

const identityOf = (who: string): Identity | undefined => {
  const email = who.includes('@') ? normaliseEmail(who) : undefined;
  if (email !== undefined) return { kind: 'email', value: email };
  return refuseId(who) ? undefined : { kind: 'userId', value: who };
};

const findContact = async (store: Store, who: string): Promise<Record<string, unknown>> => {
  const identity = identityOf(who);
  const known = identity && (await findContactId(store, identity));
  const contact = await getContact(store, known ?? who);
  if (!contact) throw unknownContact();
  return viewContact(contact);
};

const readerOf = (
  { store }: Services,
  { contact }: PreviewRequest,
): Promise<Readonly<Record<string, unknown>>> => {
  if (typeof contact === 'string') return findContact(store, contact);
  return Promise.resolve(contact ?? exampleContact);
};

const withMore = (
  known: ReadonlyMap<string, unknown>,
  more: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, unknown> => new Map([...known, ...Object.entries(more)]);

const compileSent = async (
  services: Services,
  id: string,
  { template, layouts, partials }: PreviewRequest,
  client: Client,
) => {
  const known = await loadParts(services.catalogue);
  const parts = {
    layouts: withMore(known.layouts, layouts),
    partials: withMore(known.partials, partials),
  };
  const { stored, issues } = await storedTemplate(id, template, client, { parts });
  if (!stored) throw new Refusal(422, 'invalid-template', 'The template has errors; see issues.', { issues });
  return { compiled: stored.compiled, issues };
};

const findTemplate = async (
  services: Services,
  id: string,
  request: PreviewRequest,
  client: Client,
): Promise<{ compiled: StoredTemplate['compiled']; issues: readonly Issue[] }> => {
  if (request.template !== undefined) return compileSent(services, id, request, client);
  const stored = await services.catalogue.document<StoredTemplate>('template', id);
  if (!stored) throw new Refusal(404, 'unknown-template', 'There is no template of this name.');
  return { compiled: stored.compiled, issues: stored.issues ?? [] };
};

/** The message that a step with this template would make for this contact, outside of any run. */
export const orderOf = async (
  services: Services,
  id: string,
  request: PreviewRequest,
): Promise<{ order: MessageOrder; issues: readonly Issue[] }> => {
  const client = await services.catalogue.client();
  const { compiled, issues } = await findTemplate(services, id, request, client);
  const order = messageOrder(request, {
    ...{ client, template: compiled, contact: await readerOf(services, request) },
    ...{ settings: services.context.settings, now: services.store.clock.now() },
  });
  return { order, issues };
};
