import { isDeepStrictEqual } from 'node:util';
import type { Consent, Contact } from '#model/contact';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import type { TableWrite } from '../table.ts';

/** One line of the ledger: what was said about one channel or topic, when, where and to which words. */
export type ConsentLine = Consent & { channel: string; topic?: string };

const lineOf = (key: string, { channel = key, ...said }: Consent): ConsentLine => ({
  channel,
  ...(channel === key ? {} : { topic: key }),
  ...said,
});

/** A yes for an address that the contact has no more. */
const endedLines = (before: Contact, after: Contact): ConsentLine[] =>
  Object.entries(before.consent)
    .filter(([key, { given }]) => given && after.consent[key] === undefined)
    .map(([key, { channel }]) =>
      lineOf(key, {
        ...{ given: false, at: after.updatedAt, source: 'address-changed' },
        ...(channel === undefined ? {} : { channel }),
      }),
    );

const changedLines = (before: Contact, after: Contact): ConsentLine[] => [
  ...endedLines(before, after),
  ...Object.entries(after.consent)
    .filter(([key, said]) => !isDeepStrictEqual(before.consent[key], said))
    .map(([key, said]) => lineOf(key, said)),
];

/**
 * Part of the transaction that changes the contact: the profile keeps the last word, the ledger every one.
 * Lines are never changed and outlive the events that brought them; they go with the contact.
 */
export const ledgerWrites = (store: Store, before: Contact, after: Contact): TableWrite[] => {
  const lines = changedLines(before, after);
  if (lines.length === 0) return [];
  const key = main.consent(after.id, after.updatedAt, before.rev + 1);
  return [{ table: store.main, put: { ...key, kind: 'consent', lines } }];
};

/** Oldest first, also of those that became one with the contact. */
export const readLedger = async (
  store: Store,
  { id, merged = [] }: Pick<Contact, 'id' | 'merged'>,
): Promise<ConsentLine[]> => {
  const pages = await Promise.all(
    [id, ...merged].map((of) => store.main.query({ pk: main.contactPk(of), prefix: main.consentPrefix })),
  );
  const lines = pages.flat().flatMap((page) => page.lines as ConsentLine[]);
  return lines.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
};
