import { addressOf, type ContactChannel } from '#model/channel';
import { type Contact, hasConsent } from '#model/contact';
import { isUnconfirmed } from '../contacts/consent.ts';
import { type Quiet, type QuietHours, quietNow } from './quiet-hours.ts';

export { addressFields, addressOf, type ContactChannel } from '#model/channel';

export interface SendQuestion {
  contact: Contact;
  channel: ContactChannel;
  topic?: string | undefined;
  class: 'marketing' | 'transactional';
  now: number;
  /** When the step was first reached: a held message ages from here. */
  reachedAt: number;
  freshForMs?: number | undefined;
  /** It is quiet while any of them reigns. */
  quietHours?: readonly QuietHours[] | undefined;
  /** IANA zone whose wall clock the quiet hours follow. */
  zone: string;
  cap?: { atMost: number; perMs: number } | undefined;
  /** When messages that count for the cap were claimed, in milliseconds. */
  sentBefore: readonly number[];
}

export type SendDecision =
  | { kind: 'send' }
  | {
      kind: 'skip';
      reason: 'no-address' | 'suppressed' | 'unconfirmed' | 'no-consent' | 'stale' | 'quiet-hours' | 'cap';
    }
  | { kind: 'hold'; until: number; reason: 'quiet-hours' };

/**
 * A marketing message older than this is stale where its author set no `freshFor`: long enough for
 * any quiet hours, short enough that a resumed journey does not send last week's mail.
 */
const defaultFreshForMs = 24 * 3_600_000;

/** May this message be sent now? What the claim checks again in its transaction is judged here first. */
export const decideSend = (question: SendQuestion): SendDecision => {
  const reason = refusedByContact(question) ?? refusedByAge(question, question.now);
  if (reason) return { kind: 'skip', reason };
  const quiet = quietNow(question.quietHours ?? [], question.now, question.zone);
  if (quiet) return decideQuiet(question, quiet);
  return isCapped(question) ? { kind: 'skip', reason: 'cap' } : { kind: 'send' };
};

const refusedByContact = ({ contact, channel, topic, class: kind, now }: SendQuestion) => {
  if (addressOf(contact, channel) === undefined) return 'no-address';
  if (isSuppressed(contact, channel, kind)) return 'suppressed';
  if (isUnconfirmed(contact, { channel, topic, class: kind, now })) return 'unconfirmed';
  return kind === 'marketing' && !hasConsent(contact, channel, topic) ? 'no-consent' : undefined;
};

/** What keeps advertising back and nothing else. */
const mildReasons: ReadonlySet<string> = new Set(['unsubscribe', 'soft-bounce']);

/** Who unsubscribed from marketing still gets the receipt of what was bought. */
const isSuppressed = (contact: Contact, channel: string, kind: SendQuestion['class']): boolean => {
  const suppression = contact.suppressed[channel];
  return suppression !== undefined && (kind === 'marketing' || !mildReasons.has(suppression.reason));
};

const refusedByAge = ({ reachedAt, freshForMs, class: kind }: SendQuestion, at: number) => {
  const limit = freshForMs ?? (kind === 'marketing' ? defaultFreshForMs : Number.POSITIVE_INFINITY);
  return at - reachedAt > limit ? 'stale' : undefined;
};

/** What would be stale when the quiet is over is skipped now instead of held in vain. */
const decideQuiet = (question: SendQuestion, { until, skips }: Quiet): SendDecision => {
  if (skips) return { kind: 'skip', reason: 'quiet-hours' };
  const stale = refusedByAge(question, until);
  return stale ? { kind: 'skip', reason: stale } : { kind: 'hold', until, reason: 'quiet-hours' };
};

const isCapped = ({ cap, sentBefore, now }: SendQuestion): boolean =>
  cap !== undefined && sentBefore.filter((at) => at > now - cap.perMs).length >= cap.atMost;
