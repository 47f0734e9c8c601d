import { iso } from '#kernel/clock';
import { type Consent, type Contact, hasConsent } from '#model/contact';
import type { SendQuestion } from '../sending/sending.ts';
import type { ContactSettings } from './contact-settings.ts';
import { isOwnSource, isOwnYes } from './own-yes.ts';
import { channelOf, isTopicAlone } from './topic-channel.ts';

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
  /** Said of an address that the contact did not have before. */
  isNewAddress?: true | undefined;
  /** ISO: then nobody waits for the click any more. */
  until?: string | undefined;
  /** That click. */
  confirms?: true | undefined;
}

/** Channels, and the topics that the client has: a word that is neither is no consent to anything. */
export const consentKeys = ({ topics = [] }: ContactSettings): readonly string[] => [
  'email',
  'sms',
  'push',
  ...topics,
];

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

const isOfForm = ({ source }: ConsentWord): boolean => source.startsWith('form:');
/** What only the contact can say: a page opened from a link in its mail, a text message. */
const isProven = ({ source }: ConsentWord): boolean => source === 'preferences' || source === 'start';

/** Reasons that the contact's own new word takes back. STOP stands until START: the carrier blocks too. */
const liftedBy = ({ source }: ConsentWord): readonly Suppression['reason'][] =>
  source === 'start' ? ['stop', 'unsubscribe'] : ['soft-bounce', 'unsubscribe'];

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
    ...(key === word.channel ? onlyFor(contact, word) : { channel: word.channel }),
    ...(word.given && isOfForm(word) && isOwnYes(contact.consent[key]) ? { own: true } : {}),
  };
  return enter(contact, key, entry);
};

const isGeneral = (said: Consent | undefined): boolean => said?.given === true && said.onlyFor === undefined;

const isOnlyForTopic = ({ consent }: Contact, channel: string): boolean =>
  consent[channel]?.given === true && consent[channel]?.onlyFor !== undefined;

/** Who agreed to the channel itself before keeps that. */
const onlyFor = ({ consent }: Contact, { channel, topic }: ConsentWord): Pick<Consent, 'onlyFor'> =>
  topic === undefined || isGeneral(consent[channel]) ? {} : { onlyFor: topic };

const enter = (contact: Contact, key: string, entry: Consent): Contact => ({
  ...contact,
  consent: { ...contact.consent, [key]: entry },
});

const keysOf = ({ channel, topic }: ConsentWord): string[] =>
  topic === undefined ? [channel] : [channel, topic];

/**
 * A channel that was agreed to for a topic only goes with it: else what nobody agreed to would still be sent. Not
 * so by the preferences page, where the reader saw the channel and left it ticked.
 */
export const withoutGroundless = (contact: Contact): Contact => {
  const { consent } = contact;
  const stands = (channel: string): boolean =>
    Object.values(consent).some((said) => said.channel === channel && said.given);
  return Object.entries(consent).reduce((c, [channel, { given, onlyFor: topic }]) => {
    const no = topic === undefined ? undefined : consent[topic];
    if (!given || !no || no.given || no.pending || no.source === 'preferences' || stands(channel)) return c;
    return enter(c, channel, { given: false, at: no.at, source: no.source });
  }, contact);
};

/** A no to the whole channel answers what was still asked for on it, too: a click that comes later is none. */
const withdraw = (contact: Contact, word: ConsentWord, at: string): Contact => {
  const answered = word.topic === undefined ? forgetPending(contact, word.channel) : contact;
  const written = withoutGroundless(write(answered, word.topic ?? word.channel, word, at));
  const reason = word.topic === undefined ? suppressionOf(word) : undefined;
  return reason ? suppress(written, word.channel, { reason, at }) : written;
};

const complained = ({ suppressed }: Contact, channel: string): boolean =>
  suppressed[channel]?.reason === 'complaint';

/** A topic needs its channel (`hasConsent`), so agreeing to a topic is agreeing to its channel as well. */
const grant = (contact: Contact, word: ConsentWord, at: string): Contact =>
  keysOf(word).reduce((c, key) => write(c, key, word, at), contact);

const liftFor = (contact: Contact, { channel }: ConsentWord, reasons: readonly string[]): Contact =>
  reasons.includes(contact.suppressed[channel]?.reason ?? '') ? lift(contact, channel) : contact;

const grantAgain = (contact: Contact, word: ConsentWord, at: string): Contact =>
  complained(contact, word.channel) ? contact : liftFor(grant(contact, word, at), word, liftedBy(word));

type No = NonNullable<Consent['afterNo']>;

/** What was taken back and not given again since. */
const noTo = ({ consent, suppressed }: Contact, key: string, channel: string): No | undefined => {
  const said = consent[key];
  if (said && !said.given) return said.pending ? said.afterNo : { at: said.at, source: said.source };
  const suppression = key === channel ? suppressed[channel] : undefined;
  return suppression?.reason === 'unsubscribe' || suppression?.reason === 'stop'
    ? { at: suppression.at, source: suppression.reason }
    : undefined;
};

const usualMs = 30 * 86_400_000;

/**
 * Anybody can post a form in anybody's name. So after a no it asks, and only the click in a mail to the
 * address answers; of a channel on which no mail asks, the no stands.
 */
const grantByForm = (contact: Contact, word: ConsentWord, at: string): Contact => {
  const { channel } = word;
  if (complained(contact, channel)) return contact;
  if (!keysOf(word).some((key) => noTo(contact, key, channel)))
    return liftFor(grant(contact, word, at), word, ['soft-bounce']);
  const until = word.until ?? iso(Date.parse(at) + usualMs);
  return channel === 'email' ? ask(contact, { ...word, pending: true, until }, at) : contact;
};

const isUnproven = (said: Consent | undefined): boolean =>
  said?.given === true && said.onlyFor === undefined && !isOwnYes(said);

/** Somebody else's word counts only where the contact has said nothing yet. */
const grantFirst = (contact: Contact, word: ConsentWord, at: string): Contact => {
  const silent = (key: string): boolean => contact.consent[key] === undefined;
  if (contact.suppressed[word.channel]) return contact;
  if (word.topic === undefined && isUnproven(contact.consent[word.channel]) && isOwnSource(word.source))
    return enter(contact, word.channel, { ...contact.consent[word.channel]!, own: true });
  if (word.topic === undefined)
    return silent(word.channel) || isOnlyForTopic(contact, word.channel)
      ? write(contact, word.channel, word, at)
      : contact;
  if (contact.consent[word.channel]?.given === false || !silent(word.topic)) return contact;
  const channel = silent(word.channel) ? write(contact, word.channel, word, at) : contact;
  return write(channel, word.topic, word, at);
};

/** Who reported our mail as spam, and an address that does not exist, are not asked. */
const mayBeAsked = ({ suppressed }: Contact, channel: string): boolean =>
  suppressed[channel] === undefined || suppressed[channel].reason === 'unsubscribe';

/**
 * Double opt-in. Whoever agreed already need not be asked: a stranger's post takes nothing away.
 */
const ask = (contact: Contact, word: ConsentWord, at: string): Contact => {
  const { channel, topic, pending, until, isNewAddress } = word;
  const left = contact.suppressed[channel] !== undefined;
  if (!mayBeAsked(contact, channel) || (!left && hasConsent(contact, channel, topic))) return contact;
  const isUnknown = isNewAddress || pending === 'address' || contact.consent[channel]?.pending === 'address';
  return keysOf(word)
    .filter((key) => (left && key === channel) || contact.consent[key]?.given !== true)
    .reduce((c, key) => {
      const afterNo = noTo(c, key, channel);
      const written = write(c, key, { ...word, given: false }, at);
      const entry = {
        ...(written.consent[key] as Consent),
        pending: isUnknown ? 'address' : 'consent',
        ...(until === undefined ? {} : { until }),
        ...(afterNo ? { afterNo } : {}),
      } as const;
      return enter(written, key, entry);
    }, contact);
};

/** Only what is still asked for: a no that came meanwhile stands. */
const confirm = (contact: Contact, word: ConsentWord, at: string): Contact => {
  if (complained(contact, word.channel)) return contact;
  const confirmed = keysOf(word).reduce((c, key) => {
    const asked = c.consent[key];
    if (!asked?.pending) return c;
    const { pending: _, until: __, afterNo: ___, ...said } = asked;
    return enter(c, key, { ...said, given: true, at, askedAt: asked.at });
  }, contact);
  return confirmed === contact ? contact : liftFor(confirmed, word, ['unsubscribe']);
};

/** What is asked for on a channel, and not answered yet. */
export const pendingConsents = ({ consent }: Contact, channel: string): [key: string, Consent][] =>
  Object.entries(consent).filter(
    ([key, { pending, channel: of = key }]) => pending !== undefined && of === channel,
  );

/** What is left of a question that nobody answers any more: the no that stood before it. */
export const unasked = ({ afterNo, channel }: Consent): Consent | undefined =>
  afterNo && { given: false, ...afterNo, ...(channel === undefined ? {} : { channel }) };

/** Another address was asked than the one that the contact has from now on. */
export const forgetPending = (contact: Contact, channel: string): Contact => {
  const asked = new Set(pendingConsents(contact, channel).map(([key]) => key));
  if (asked.size === 0) return contact;
  const kept = Object.entries(contact.consent).flatMap(([key, said]): [string, Consent][] => {
    const left = asked.has(key) ? unasked(said) : said;
    return left ? [[key, left]] : [];
  });
  return { ...contact, consent: Object.fromEntries(kept) };
};

const isOpen = (said: Consent | undefined, now: number): boolean =>
  said?.pending !== undefined && (said.until === undefined || Date.parse(said.until) > now);

/**
 * Must a message wait for a click of its receiver? Transactional ones only while the address is a stranger's
 * word, and that it stays when the question lapses.
 */
export const isUnconfirmed = (
  { consent }: Contact,
  { channel, topic, class: kind, now }: Pick<SendQuestion, 'channel' | 'topic' | 'class' | 'now'>,
): boolean =>
  kind === 'marketing'
    ? isOpen(consent[channel], now) || isOpen(consent[topic ?? channel], now)
    : consent[channel]?.pending === 'address';

/** Somebody else than the form that asked knows the address, too, and nobody waits for the click any more. */
export const knowAddress = (contact: Contact, channel: string, at: string): Contact => {
  const said = contact.consent[channel];
  return said?.pending === 'address' && !isOpen(said, Date.parse(at))
    ? enter(contact, channel, { ...said, pending: 'consent' })
    : contact;
};

/** A topic by itself is no word about its channel: it opens none and lifts nothing. */
const hearTopic = (contact: Contact, { channel: topic, ...said }: ConsentWord, at: string): Contact => {
  const word = { ...said, topic, channel: channelOf(contact, { channel: topic }) };
  if (!word.given) return withdraw(contact, word, at);
  return contact.consent[topic] === undefined ? write(contact, topic, word, at) : contact;
};

/**
 * The consent ledger. Taking back always counts, whoever says it; giving again after the contact
 * took it back counts only by the contact's own word, and after a complaint only by an administrator's.
 */
export const hearConsent = (contact: Contact, word: ConsentWord, at: string): Contact => {
  if (isTopicAlone(word)) return hearTopic(contact, word, at);
  if (!word.given) return withdraw(contact, word, at);
  if (word.pending) return ask(contact, word, at);
  if (word.confirms) return confirm(contact, word, at);
  if (isOfForm(word)) return grantByForm(contact, word, at);
  if (isProven(word)) return grantAgain(contact, word, at);
  return word.source === 'api' && complained(contact, word.channel)
    ? liftFor(grant(contact, word, at), word, ['complaint'])
    : grantFirst(contact, word, at);
};
