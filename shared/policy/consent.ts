import { type Consent, type Contact, hasConsent } from '#model/contact';
import type { SendQuestion } from './sending.ts';

/** One thing said about consent, as an event carries it. */
export interface ConsentWord {
  channel: string;
  topic?: string | undefined;
  given: boolean;
  text?: string | undefined;
  origin?: string | undefined;
  /** `form:<id>`, `preferences`, `start`; `unsubscribe`, `stop`, `complaint`; `identify`, `api`, `import`, … */
  source: string;
  /** A yes that counts only once a click in a mail confirms it; `address` when nobody knows the address yet. */
  pending?: true | 'consent' | 'address' | undefined;
  /** ISO: then nobody waits for the click any more. */
  until?: string | undefined;
  /** That click. */
  confirms?: true | undefined;
}

type Suppression = Contact['suppressed'][string];

/** Hard bounce is about the address, the others about the person. */
const strictness: readonly Suppression['reason'][] = [
  ...(['soft-bounce', 'unsubscribe', 'stop', 'complaint', 'hard-bounce'] as const),
];

/** A weaker reason never replaces a stronger one. */
export const suppress = (contact: Contact, channel: string, suppression: Suppression): Contact => {
  const now = contact.suppressed[channel];
  return now && strictness.indexOf(now.reason) >= strictness.indexOf(suppression.reason)
    ? contact
    : { ...contact, suppressed: { ...contact.suppressed, [channel]: suppression } };
};

export const lift = (contact: Contact, channel: string): Contact => {
  const { [channel]: _, ...suppressed } = contact.suppressed;
  return { ...contact, suppressed };
};

/** What only the contact can say: a box ticked on a form, a page opened from a signed link, a text message. */
const isOwnWord = ({ source }: ConsentWord): boolean =>
  source.startsWith('form:') || source === 'preferences' || source === 'start';

/** Reasons that the contact's own new word takes back. STOP stands until START: the carrier blocks too. */
const liftedBy = ({ source }: ConsentWord): readonly Suppression['reason'][] =>
  source === 'start' ? ['stop', 'unsubscribe'] : ['soft-bounce', 'unsubscribe', 'complaint'];

const suppressionOf = ({ source }: ConsentWord): Suppression['reason'] | undefined =>
  source === 'unsubscribe' || source === 'preferences'
    ? 'unsubscribe'
    : source === 'stop' || source === 'complaint'
      ? source
      : undefined;

const write = (contact: Contact, key: string, word: ConsentWord, at: string): Contact => {
  const entry: Consent = {
    given: word.given,
    at,
    source: word.source,
    ...(word.text === undefined ? {} : { text: word.text }),
    ...(word.origin === undefined ? {} : { origin: word.origin }),
    ...(key === word.channel ? {} : { channel: word.channel }),
  };
  return enter(contact, key, entry);
};

const enter = (contact: Contact, key: string, entry: Consent): Contact => ({
  ...contact,
  consent: { ...contact.consent, [key]: entry },
});

const keysOf = ({ channel, topic }: ConsentWord): string[] =>
  topic === undefined ? [channel] : [channel, topic];

/** A no to the whole channel answers what was still asked for on it, too: a click that comes later is none. */
const withdraw = (contact: Contact, word: ConsentWord, at: string): Contact => {
  const answered = word.topic === undefined ? forgetPending(contact, word.channel) : contact;
  const written = write(answered, word.topic ?? word.channel, word, at);
  const reason = word.topic === undefined ? suppressionOf(word) : undefined;
  return reason ? suppress(written, word.channel, { reason, at }) : written;
};

/** A topic needs its channel (`hasConsent`), so agreeing to a topic is agreeing to its channel as well. */
const grantAgain = (contact: Contact, word: ConsentWord, at: string): Contact => {
  const written = keysOf(word).reduce((c, key) => write(c, key, word, at), contact);
  const reason = written.suppressed[word.channel]?.reason;
  return reason && liftedBy(word).includes(reason) ? lift(written, word.channel) : written;
};

/** Somebody else's word counts only where the contact has said nothing yet. */
const grantFirst = (contact: Contact, word: ConsentWord, at: string): Contact => {
  const silent = (key: string): boolean => contact.consent[key] === undefined;
  if (contact.suppressed[word.channel]) return contact;
  if (word.topic === undefined)
    return silent(word.channel) ? write(contact, word.channel, word, at) : contact;
  if (contact.consent[word.channel]?.given === false || !silent(word.topic)) return contact;
  const channel = silent(word.channel) ? write(contact, word.channel, word, at) : contact;
  return write(channel, word.topic, word, at);
};

/**
 * Double opt-in. Whoever is suppressed is not asked, and whoever agreed already need not be: a stranger's
 * post takes nothing away.
 */
const ask = (contact: Contact, word: ConsentWord, at: string): Contact => {
  const { channel, topic, pending, until } = word;
  if (contact.suppressed[channel] || hasConsent(contact, channel, topic)) return contact;
  const isUnknown = pending === 'address' || contact.consent[channel]?.pending === 'address';
  return keysOf(word)
    .filter((key) => contact.consent[key]?.given !== true)
    .reduce((c, key) => {
      const written = write(c, key, { ...word, given: false }, at);
      const entry = {
        ...(written.consent[key] as Consent),
        pending: isUnknown ? 'address' : 'consent',
        ...(until === undefined ? {} : { until }),
      } as const;
      return enter(written, key, entry);
    }, contact);
};

/** Only what is still asked for: a no that came meanwhile stands. */
const confirm = (contact: Contact, word: ConsentWord, at: string): Contact =>
  keysOf(word).reduce((c, key) => {
    const asked = c.consent[key];
    if (!asked?.pending) return c;
    const { pending: _, until: __, ...said } = asked;
    return enter(c, key, { ...said, given: true, at, askedAt: asked.at });
  }, contact);

/** What is asked for on a channel, and not answered yet. */
export const pendingConsents = ({ consent }: Contact, channel: string): [key: string, Consent][] =>
  Object.entries(consent).filter(
    ([key, { pending, channel: of = key }]) => pending !== undefined && of === channel,
  );

/** Another address was asked than the one that the contact has from now on. */
export const forgetPending = (contact: Contact, channel: string): Contact => {
  const asked = new Set(pendingConsents(contact, channel).map(([key]) => key));
  if (asked.size === 0) return contact;
  const consent = Object.fromEntries(Object.entries(contact.consent).filter(([key]) => !asked.has(key)));
  return { ...contact, consent };
};

const isOpen = (said: Consent | undefined, now: number): boolean =>
  said?.pending !== undefined && (said.until === undefined || Date.parse(said.until) > now);

/** Must a message wait for a click of its receiver? Transactional ones only while the address is a stranger's word. */
export const isUnconfirmed = (
  { consent }: Contact,
  { channel, topic, class: kind, now }: Pick<SendQuestion, 'channel' | 'topic' | 'class' | 'now'>,
): boolean =>
  kind === 'marketing'
    ? isOpen(consent[channel], now) || isOpen(consent[topic ?? channel], now)
    : consent[channel]?.pending === 'address' && isOpen(consent[channel], now);

/**
 * The consent ledger. Taking back always counts, whoever says it; giving again after the contact
 * took it back counts only by the contact's own word.
 */
export const hearConsent = (contact: Contact, word: ConsentWord, at: string): Contact => {
  if (!word.given) return withdraw(contact, word, at);
  if (word.pending) return ask(contact, word, at);
  if (word.confirms) return confirm(contact, word, at);
  return isOwnWord(word) ? grantAgain(contact, word, at) : grantFirst(contact, word, at);
};
