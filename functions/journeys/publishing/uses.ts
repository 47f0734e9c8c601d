import { listJourneys } from '#store/journeys';
import type { DocumentKind } from '#store/keys';
import type { Services } from '../running/services.ts';

/** The names of that kind that a document mentions, wherever it does. */
export const namesIn = (document: unknown, kind: DocumentKind): Set<string> => {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (name === kind && typeof member === 'string') found.add(member);
      // The author's own data may use the same words.
      else if (name !== 'data' && name !== 'set') look(member);
    }
  };
  look(document);
  return found;
};

const channels = ['email', 'sms', 'push'] as const;

/** The channels for which some `sending` in it has a cap. */
export const cappedChannels = (document: unknown): (typeof channels)[number][] => {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value))
      if (name === 'cap' && typeof member === 'object')
        for (const channel of Object.keys(member ?? {})) found.add(channel);
      else if (name !== 'data' && name !== 'set') look(member);
  };
  look(document);
  return channels.filter((channel) => found.has(channel));
};

/** Journeys that contacts may enter now and that name it in the version they enter, and segments that do. */
export const usersOf = async (services: Services, kind: DocumentKind, id: string): Promise<string[]> => {
  const { store, catalogue, versions } = services;
  const users: string[] = [];
  for (const { id: journey, status, version } of await listJourneys(store)) {
    if (version === undefined || status === 'archived') continue;
    const { document } = await versions.get(journey, version);
    if (namesIn(document, kind).has(id)) users.push(`journey "${journey}"`);
  }
  for (const [segment, { if: condition }] of await catalogue.segments())
    if (segment !== id && namesIn(condition, kind).has(id)) users.push(`segment "${segment}"`);
  return users;
};
