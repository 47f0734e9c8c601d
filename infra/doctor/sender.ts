import { clientSchema } from '#model/client';
import { mailAddress } from '#model/document-text';

/** What `client.json` says of the sender; read even where the rest of it is wrong. */
export interface Sender {
  domain: string;
  address: string;
  /** Host of the From address. */
  host: string;
  replyTo?: string;
}

export const hostOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

const domainSchema = clientSchema.shape.sender.shape.domain;

/** Undefined when nothing could be asked of it. */
export const senderIn = (source: unknown): Sender | undefined => {
  const given = (source as { sender?: Record<string, unknown> } | null)?.sender;
  const domain = domainSchema.safeParse(given?.domain);
  if (!domain.success) return undefined;
  const address = mailAddress.safeParse(given?.address).data ?? `hello@${domain.data}`;
  const replyTo = mailAddress.safeParse(given?.replyTo).data;
  return { domain: domain.data, address, host: hostOf(address), ...(replyTo ? { replyTo } : {}) };
};

/** Of the largest providers of mailboxes; nobody but them can sign for these. */
const freeMail =
  /^(?:gmail\.com|googlemail\.com|(?:yahoo|ymail|hotmail|outlook|live|msn)\.[a-z.]{2,6}|icloud\.com|me\.com|mac\.com|aol\.com|gmx\.[a-z]{2,3}|web\.de|t-online\.de|freenet\.de|orange\.fr|free\.fr|laposte\.net|libero\.it|proton(?:mail)?\.(?:com|me)|pm\.me|zoho\.com|mail\.ru|yandex\.[a-z]{2,3}|qq\.com|163\.com|126\.com|naver\.com|fastmail\.com|hey\.com)$/;
/** The provider's domain that client.json would send from, if it is one. */
export const freeMailOf = ({ domain, host }: Sender): string | undefined =>
  [domain, host].find((name) => freeMail.test(name));

/** RFC 2606 and RFC 6761: nobody can register these. */
export const isForExamples = (host: string): boolean =>
  /(?:^|\.)(?:example|test|invalid|localhost|local)$|(?:^|\.)example\.(?:com|net|org)$/.test(host);
