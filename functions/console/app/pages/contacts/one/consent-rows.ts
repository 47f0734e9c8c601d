import type { Consent, Contact } from '#model/contact';
import { words } from '../../../words/words.ts';

const said = words.contacts.consent;

export interface StandingWord {
  about: string;
  word: 'yes' | 'no' | 'pending';
  at: string;
  source: string;
  /** Why nothing is sent whatever was said. */
  blocked?: string | undefined;
}

const wordOf = ({ given, pending }: Pick<Consent, 'given' | 'pending'>): StandingWord['word'] =>
  pending ? 'pending' : given ? 'yes' : 'no';

/** What took it, and where it was said. */
const sourceOf = ({ source, origin }: Pick<Consent, 'source' | 'origin'>): string =>
  origin === undefined ? source : `${source}, ${origin}`;

/** What counts now, channels and topics by name; a channel that is blocked though nothing was said, too. */
export const standingOf = ({ consent, suppressed }: Contact): StandingWord[] => {
  const told = Object.entries(consent).map(([about, one]) => ({
    ...{ about, word: wordOf(one), at: one.at, source: sourceOf(one) },
    ...(suppressed[about] ? { blocked: said.suppressed(suppressed[about].reason) } : {}),
  }));
  const untold = Object.entries(suppressed)
    .filter(([about]) => !Object.hasOwn(consent, about))
    .map(([about, { reason, at }]) => ({
      ...{ about, word: 'no' as const, at, source: reason, blocked: said.suppressed(reason) },
    }));
  return [...told, ...untold].sort((a, b) => a.about.localeCompare(b.about, words.locale));
};

export type LedgerEntry = Consent & { channel: string; topic?: string };

/** Of the ledger: newest first. */
export const ledgerRows = (entries: readonly LedgerEntry[]) =>
  entries.toReversed().map((entry) => ({
    ...{ at: entry.at, source: sourceOf(entry), text: entry.text ?? '', word: wordOf(entry) },
    about: entry.topic === undefined ? entry.channel : `${entry.channel}: ${entry.topic}`,
  }));
