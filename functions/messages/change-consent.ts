import type { LinkFacts } from '#channels/links';
import { applyNow } from '#functions/contacts/changing/apply';
import { iso } from '#kernel/clock';
import { contactOf, derivedId } from '#kernel/ids';
import type { Contact } from '#model/contact';
import type { ContactEvent, MessageFact } from '#model/event';
import type { Send } from '#model/send';
import type { ConsentWord } from '#policy/contacts/consent';
import { addressOf } from '#policy/sending/sending';
import { getContact } from '#store/contacts/contacts';
import { suppressErased } from '#store/contacts/erasures';
import { evidenceWrite } from '#store/sends/evidence';
import { readSend } from '#store/sends/sends';
import { neverAgainWrite } from '#store/sends/unanswered';
import type { Store } from '#store/store';
import type { TableWrite } from '#store/table';

const isTrueAlready = (contact: Contact, { channel, topic, given }: ConsentWord): boolean => {
  const said = contact.consent[topic ?? channel];
  if (said?.given !== given || said.pending) return false;
  return topic !== undefined || given === (contact.suppressed[channel] === undefined);
};

/**
 * The same click twice is one event; the same link after a new yes is another. So the id holds what
 * the contact had said before.
 */
const eventIdOf = (contact: Contact, facts: LinkFacts, words: readonly ConsentWord[]): string => {
  const said = words.flatMap(({ channel, topic, given }) => [
    topic ?? channel,
    String(given),
    contact.consent[topic ?? channel]?.at ?? '',
  ]);
  return `consent-${derivedId('consent', facts.sendId, ...said)}`;
};

const factOf = (facts: LinkFacts, send: Send | undefined): MessageFact => ({
  sendId: facts.sendId,
  run: send?.run ?? '',
  journey: send?.journey ?? '',
  step: send?.step ?? '',
  channel: facts.channel,
  was: 'unsubscribed',
});

const eventOf = (
  store: Store,
  contact: Contact,
  facts: LinkFacts,
  words: readonly ConsentWord[],
  send: Send | undefined,
): ContactEvent => {
  const at = iso(store.clock.now());
  const isLeaving = words.some((word) => !word.given);
  return {
    id: eventIdOf(contact, facts, words),
    contact: contact.id,
    ...(isLeaving
      ? { type: 'message', name: 'Message Unsubscribed', message: factOf(facts, send) }
      : { type: 'track', name: 'Preferences Changed' }),
    at,
    happenedAt: at,
    properties: {},
    consent: words.map(({ channel, topic, given, source }) => ({
      channel,
      ...(topic === undefined ? {} : { topic }),
      given,
      source,
    })),
    depth: 0,
    state: 'accepted',
  };
};

/** Of somebody who was erased only the keyed hash of the address is left, and the link still holds. */
const leaveErased = async (store: Store, contact: string, words: readonly ConsentWord[]): Promise<void> => {
  for (const { channel, given } of words)
    if (!given) await suppressErased(store, { contact, channel, reason: 'unsubscribe' });
};

const isQuestion = (send: Send | undefined): boolean => send?.journey.startsWith('form:') ?? false;

const noMoreQuestions = async (
  store: Store,
  contact: Contact,
  words: readonly ConsentWord[],
): Promise<TableWrite[]> => {
  const address = addressOf(contact, 'email');
  const leaves = words.some(({ channel, topic, given }) => channel === 'email' && !topic && !given);
  return leaves && address !== undefined ? [await neverAgainWrite(store, 'email', address)] : [];
};

/**
 * Writes what the contact said into the profile, the suppression list and the history, in one
 * transaction: no claim can commit after it (I4). Nothing is done when it is true already.
 */
export const changeConsent = async (
  store: Store,
  facts: LinkFacts,
  words: readonly ConsentWord[],
): Promise<void> => {
  const contactId = contactOf(facts.sendId);
  const contact = await getContact(store, contactId);
  if (!contact) return leaveErased(store, contactId, words);
  const news = words.filter((word) => !isTrueAlready(contact, word));
  if (news.length === 0) return;
  const send = await readSend(store, contactId, facts.sendId);
  // Who unsubscribes by a message has received it.
  const proof =
    send && send.status !== 'skipped'
      ? [evidenceWrite(store, send, { times: {}, sentAt: iso(facts.madeAt) })]
      : [];
  const asked = isQuestion(send) ? await noMoreQuestions(store, contact, news) : [];
  await applyNow(store, eventOf(store, contact, facts, news, send), async () => [...proof, ...asked]);
};
