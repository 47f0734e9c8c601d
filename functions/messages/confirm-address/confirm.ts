import type { LinkFacts } from '#channels/links';
import { applyNow } from '#functions/contacts/changing/apply';
import { iso } from '#kernel/clock';
import { contactOf, derivedId } from '#kernel/ids';
import type { Consent, Contact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import { pendingConsents } from '#policy/contacts/consent';
import { addressOf } from '#policy/sending/sending';
import { getContact } from '#store/contacts/contacts';
import { eventsWithin, type StoredEvent } from '#store/contacts/events';
import { evidenceWrite } from '#store/sends/evidence';
import { readSend } from '#store/sends/sends';
import { addressMark, answeredWrite } from '#store/sends/unanswered';
import type { Store } from '#store/store';

export interface Pending {
  contact: Contact;
  address: string;
  /** By the form that asks: its id, and the open consents by their keys. */
  byForm: [form: string, consents: [key: string, Consent][]][];
}

const formOf = ({ source }: Consent): string => source.replace(/^form:/, '');

/** What the address behind a link may still confirm; undefined when it is no longer the contact's. */
export const readPending = async (store: Store, facts: LinkFacts): Promise<Pending | undefined> => {
  const contact = await getContact(store, contactOf(facts.sendId));
  const address = contact && addressOf(contact, 'email');
  if (!contact || address === undefined) return undefined;
  if ((await addressMark(store, facts.channel, address)) !== facts.address) return undefined;
  const byForm = Map.groupBy(pendingConsents(contact, facts.channel), ([, consent]) => formOf(consent));
  return { contact, address, byForm: [...byForm] };
};

/** The post that asked: what it said starts journeys once more, now that they may write. */
const postOf = async (
  store: Store,
  contact: Contact,
  form: string,
  askedAt: string,
): Promise<StoredEvent | undefined> =>
  (await eventsWithin(store, contact, { since: askedAt, until: askedAt, type: 'form', name: form }))[0];

/** A topic is written with its channel; the channel alone where no topic of the form is open. */
const wordsOf = (
  channel: string,
  source: string,
  consents: readonly [string, Consent][],
): NonNullable<ContactEvent['consent']> => {
  const topics = consents.map(([key]) => key).filter((key) => key !== channel);
  const common = { channel, given: true, confirms: true, source } as const;
  return topics.length === 0 ? [common] : topics.map((topic) => ({ ...common, topic }));
};

const eventOf = async (
  { store, facts, contact }: { store: Store; facts: LinkFacts; contact: Contact },
  form: string,
  consents: readonly [string, Consent][],
): Promise<ContactEvent> => {
  const at = iso(store.clock.now());
  const asked = consents.map(([key, said]) => [key, said.at] as const);
  const post = await postOf(store, contact, form, asked[0]?.[1] ?? at);
  return {
    id: `confirmed-${derivedId('confirmed', facts.sendId, ...asked.flat())}`,
    contact: contact.id,
    ...{ type: 'form', name: form, at, happenedAt: at },
    properties: { ...post?.properties, confirmed: true },
    consent: wordsOf(facts.channel, `form:${form}`, consents),
    ...{ depth: 0, state: 'accepted' },
  };
};

/**
 * Writes the yes into the profile, the ledger and the history in one transaction, with the proof that the
 * mail arrived. A no that was committed before wins.
 */
export const confirmAll = async (store: Store, facts: LinkFacts, pending: Pending): Promise<void> => {
  const { contact, address, byForm } = pending;
  // Where it was sent from, though the contact may have become another since.
  const send = await readSend(store, contactOf(facts.sendId), facts.sendId);
  for (const [i, [form, consents]] of byForm.entries()) {
    const event = await eventOf({ store, facts, contact }, form, consents);
    const isLast = i === byForm.length - 1;
    await applyNow(store, event, async () => [
      ...(isLast ? [await answeredWrite(store, facts.channel, address)] : []),
      ...(isLast && send && send.status !== 'skipped'
        ? [evidenceWrite(store, send, { times: {}, sentAt: iso(facts.madeAt) })]
        : []),
    ]);
  }
};
