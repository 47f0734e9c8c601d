import { type ContactChannel, contactChannels } from '#model/channel';
import type { JourneyRecord } from '#model/journey';
import { isOpen, listEnrolments } from '#store/catalogue/enrolments';
import { listJourneys } from '#store/catalogue/journeys';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import type { DocumentKind } from '#store/keys';
import { readCounts } from '#store/runs/counters';
import type { Services } from '../services.ts';

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

/** The channels for which some `sending` in it has a cap. */
export const cappedChannels = (document: unknown): ContactChannel[] => {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value))
      if (name === 'cap' && typeof member === 'object')
        for (const channel of Object.keys(member ?? {})) found.add(channel);
      else if (name !== 'data' && name !== 'set') look(member);
  };
  look(document);
  return contactChannels.filter((channel) => found.has(channel));
};

/**
 * Runs finish on the version they started with. It keeps its templates, but it asks for segments as they are:
 * of a segment that is gone nobody is a member any more.
 */
const versionsUnderWay = async ({ store }: Services, { id }: JourneyRecord): Promise<number[]> =>
  [...(await readCounts(store, id))]
    .filter(([, counts]) => (counts.get('|active') ?? 0) > 0)
    .map(([version]) => version);

const versionsInUse = async (
  services: Services,
  kind: DocumentKind,
  journey: JourneyRecord,
): Promise<Set<number>> => {
  const { status, version } = journey;
  const entered = version === undefined || status === 'archived' ? [] : [version];
  return new Set([...entered, ...(kind === 'segment' ? await versionsUnderWay(services, journey) : [])]);
};

const journeyUses = async (
  { versions }: Services,
  { id: journey, version, status }: JourneyRecord,
  named: { kind: DocumentKind; id: string; in: ReadonlySet<number> },
): Promise<string[]> => {
  for (const number of named.in) {
    const { document } = await versions.get(journey, number);
    if (!namesIn(document, named.kind).has(named.id)) continue;
    const isEntered = number === version && status !== 'archived';
    return [`journey "${journey}"${isEntered ? '' : ` (runs under way in version ${number})`}`];
  }
  return [];
};

/** Templates that it stands in, whatever journeys do with them. */
const templatesWith = async ({ catalogue }: Services, part: string): Promise<string[]> =>
  [...(await catalogue.documents<StoredTemplate>('template'))]
    .filter(([, { uses = [] }]) => uses.includes(part))
    .map(([id]) => `template "${id}"`);

/** Journeys that contacts may enter now, or are in, and that name it in that version; segments; enrolments. */
export const usersOf = async (services: Services, kind: DocumentKind, id: string): Promise<string[]> => {
  const { store, catalogue } = services;
  if (kind === 'layout' || kind === 'partial') return templatesWith(services, `${kind}s/${id}`);
  const users: string[] = [];
  for (const journey of await listJourneys(store))
    users.push(
      ...(await journeyUses(services, journey, {
        ...{ kind, id },
        in: await versionsInUse(services, kind, journey),
      })),
    );
  for (const [segment, { if: condition }] of await catalogue.segments())
    if (segment !== id && namesIn(condition, kind).has(id)) users.push(`segment "${segment}"`);
  if (kind === 'segment')
    for (const enrolment of await listEnrolments(store))
      if (isOpen(enrolment) && enrolment.segment === id)
        users.push(`the enrolment into journey "${enrolment.journey}" that is under way`);
  return users;
};
