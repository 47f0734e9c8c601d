import type { Contact } from '#model/contact';
import { words } from '../../words/words.ts';

const said = words.contacts;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

/** As people are called; where nothing says so, by their address. */
export const nameOf = ({ fields }: Pick<Contact, 'fields'>): string => {
  const { firstName, lastName, email, phone } = fields;
  const name = [firstName, lastName].map(textOf).filter(Boolean).join(' ');
  return name || textOf(email) || textOf(phone) || said.nameless;
};

export const emailOf = ({ fields }: Pick<Contact, 'fields'>): string => textOf(fields.email);

const ownId = /^[0-9a-z]{20}$/;

/** Where the API tells who that is, or what is wrong with the question. */
export const askFor = (typed: string): { path: string } | { fault: string } | undefined => {
  const who = typed.trim();
  if (who === '') return undefined;
  if (who.includes('@')) return { path: `/v1/contacts?email=${encodeURIComponent(who)}` };
  if (who.startsWith('+')) return { path: `/v1/contacts?phone=${encodeURIComponent(who)}` };
  if (/^0[\d ()/-]{5,}$/.test(who)) return { fault: said.addressForm };
  if (ownId.test(who)) return { path: `/v1/contacts/${who}` };
  return { path: `/v1/contacts?userId=${encodeURIComponent(who)}` };
};

/** The first few, and how many more there are. */
export const someTags = (tags: readonly string[], most = 3): { shown: string[]; more: number } => ({
  shown: tags.slice(0, most),
  more: Math.max(0, tags.length - most),
});
