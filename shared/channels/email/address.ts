import { mailAddress } from '#model/document-text';
import type { MessageOrder } from '../order.ts';
import { Skip } from '../skip.ts';
import { oneLine } from '../variables.ts';

export interface Mailbox {
  name: string;
  address: string;
}

const isOwn = (address: string, domain: string): boolean => {
  const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return host === domain || host.endsWith(`.${domain}`);
};

/** A step may change the name, or the address within the domain that SPF and DKIM stand for. */
export const senderOf = ({ client, from }: MessageOrder): Mailbox => {
  const { name, address, domain } = client.sender;
  if (from === undefined) return { name: oneLine(name, 100), address };
  const [, label, other] = /^([^<>]*)<([^<>]+)>$/.exec(from.trim()) ?? [];
  if (other === undefined) return { name: oneLine(from, 100), address };
  if (!mailAddress.safeParse(other).success || !isOwn(other, domain))
    throw new Skip('template-failed', `"from" must be an address of ${domain}`);
  return { name: oneLine(label ?? '', 100) || name, address: other };
};

/** One address and nothing else: no list, no line break, no comment. */
export const receiverOf = ({ contact, to }: MessageOrder): Mailbox => {
  if (to !== undefined) return { name: '', address: to };
  const parsed = mailAddress.safeParse(contact.email);
  if (!parsed.success) throw new Skip('no-address', 'contact.email is no e-mail address');
  const names = [contact.firstName, contact.lastName].filter((n): n is string => typeof n === 'string');
  return { name: oneLine(names.join(' '), 100), address: parsed.data };
};
