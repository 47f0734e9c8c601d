import type { Consent } from '#model/contact';

/** What only the reader of a mailbox or phone can say, and the client's own word. */
const ownSources: ReadonlySet<string> = new Set(['preferences', 'start', 'api', 'import']);

export const isOwnSource = (source: string): boolean => ownSources.has(source);

/** A yes that not just anybody could have posted; a form's yes that came later takes nothing from it. */
export const isOwnYes = (said: Consent | undefined): boolean =>
  said?.given === true && (said.own === true || said.askedAt !== undefined || isOwnSource(said.source));
