import type { FunctionContext } from '#aws/function-context';
import { addressOfLink, type LinkFacts, type LinkPurpose } from '#channels/links';
import { languagesOf } from '#http/languages';
import type { HttpRequest } from '#http/request';
import { contactOf } from '#kernel/ids';
import type { Client } from '#model/client';
import type { Contact } from '#model/contact';
import { type Voice, voiceOf } from '#model/words/say';
import { type Catalogue, createCatalogue } from '#store/catalogue/catalogue';
import { getContact } from '#store/contacts/contacts';
import { openStore, type Store } from '#store/store';
import { awayIsLater, readLink } from './link-facts.ts';

export interface Services {
  store: Store;
  catalogue: Catalogue;
}

export const openServices = (context: FunctionContext): Services => {
  const store = openStore(context);
  return { store, catalogue: createCatalogue(store) };
};

/** Who opened a link of ours, and how we speak to them. */
export interface Reader {
  facts: LinkFacts;
  client: Client;
  /** None any more when it was erased. */
  contact?: Contact | undefined;
  voice: Voice;
}

/** The contact's language, else the browser's, else the client's. */
export const voiceFor = (request: HttpRequest, client?: Client, contact?: Contact): Voice =>
  voiceOf([contact?.fields.language, ...languagesOf(request), client?.language], client?.messages);

export const readReader = async (
  { store, catalogue }: Services,
  purpose: LinkPurpose,
  request: HttpRequest,
): Promise<Reader> => {
  const facts = await readLink(store, purpose, request);
  const [client, contact] = await awayIsLater(
    Promise.all([
      catalogue.renewAfter(60_000).then(() => catalogue.client()),
      getContact(store, contactOf(facts.sendId)),
    ]),
  );
  return { facts, client, contact, voice: voiceFor(request, client, contact) };
};

/** Where the reader can choose, as seen from the page of another link. */
export const preferencesPath = async ({ store }: Services, { facts }: Reader): Promise<string> =>
  addressOfLink((await store.keys()).links, '..', 'preferences', {
    sendId: facts.sendId,
    channel: facts.channel,
    madeAt: facts.madeAt,
  });
