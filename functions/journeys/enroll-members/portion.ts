import { iso } from '#kernel/clock';
import { inLanes } from '#kernel/lanes';
import type { Enrolment, EnrolmentWork } from '#model/enrolment';
import type { JourneyRecord } from '#model/journey';
import { isBuilt } from '#policy/segments/audience-record';
import { portionOf } from '#policy/sending/pace';
import { isOpen, readEnrolment, saveEnrolment } from '#store/catalogue/enrolments';
import { readJourney } from '#store/catalogue/journeys';
import { loadAudience, readAudienceRecord } from '#store/contacts/audience';
import type { Services } from '../services.ts';
import { enrollMember, type Turn } from './member.ts';
import { isAtEnd, nextMembers, type Place } from './walk.ts';

/** How many contacts are served at once. */
const lanes = 16;
const second = 1_000;
const untilBuiltMs = 10 * second;
/** A portion of which some fail is done again, more and more slowly: the service may be throttling. */
const mostTries = 5;

type Open = JourneyRecord & { version: number };
type Taken = { after: EnrolmentWork; taken: number };

/** @returns the enrolment as it is now, and how many members had their turn */
export const takePortion = async (
  services: Services,
  enrolment: EnrolmentWork,
  most: number,
): Promise<Taken> => {
  const journey = await openJourney(services, enrolment);
  if (!journey) return close(services, enrolment, 'journey-closed');
  if (!(await services.catalogue.segments()).has(enrolment.segment))
    return close(services, enrolment, 'segment-gone');
  if (enrolment.status === 'waiting' && !(await isSegmentBuilt(services, enrolment)))
    return { after: await save(services, { ...enrolment, nextAt: later(services, untilBuiltMs) }), taken: 0 };
  const begun = begin(services, enrolment);
  const { size } = portionOf(begun.perMinute);
  const { members, place } = await nextMembers(services.store, begun, Math.min(most, size));
  const into = { enrolment: begun, journey };
  const turns = await inLanes(lanes, members, ({ contact }) => enrollMember(services, into, contact));
  return { after: await save(services, goOn(services, begun, { turns, place })), taken: members.length };
};

const openJourney = async ({ store }: Services, { journey }: Enrolment): Promise<Open | undefined> => {
  const record = await readJourney(store, journey);
  return record?.version === undefined || record.status === 'archived'
    ? undefined
    : { ...record, version: record.version };
};

const close = async (
  services: Services,
  enrolment: EnrolmentWork,
  reason: NonNullable<Enrolment['reason']>,
): Promise<Taken> => {
  const endedAt = later(services, 0);
  return { after: await save(services, { ...enrolment, status: 'stopped', reason, endedAt }), taken: 0 };
};

/** Members that a building segment will find are meant too. */
const isSegmentBuilt = async ({ store }: Services, { segment }: Enrolment): Promise<boolean> => {
  const audience = await loadAudience(store);
  return audience.segments.has(segment) && isBuilt(await readAudienceRecord(store), segment);
};

const later = ({ store }: Services, ms: number): string => iso(store.clock.now() + ms);

const begin = (services: Services, enrolment: EnrolmentWork): EnrolmentWork =>
  enrolment.status === 'running'
    ? enrolment
    : { ...enrolment, status: 'running', startedAt: later(services, 0) };

const goOn = (
  services: Services,
  enrolment: EnrolmentWork,
  { turns, place }: { turns: readonly Turn[]; place: Place },
): EnrolmentWork => {
  const failed = turns.filter(({ kind }) => kind === 'failed').length;
  const tries = enrolment.tries + 1;
  if (failed > 0 && tries < mostTries)
    return { ...enrolment, tries, nextAt: later(services, 2 ** tries * second) };
  const { after: _, ...known } = enrolment;
  const counted = { ...known, ...counts(enrolment, turns), ...place, tries: 0 };
  if (isAtEnd(place)) return { ...counted, status: 'done', endedAt: later(services, 0) };
  return { ...counted, nextAt: later(services, portionOf(enrolment.perMinute).everyMs) };
};

type Counts = Pick<Enrolment, 'looked' | 'entered' | 'left' | 'failed' | 'refused'>;

const counts = (before: Counts, turns: readonly Turn[]): Counts => {
  const { looked, entered, left, failed } = before;
  const refused = { ...before.refused };
  for (const turn of turns)
    if (turn.kind === 'refused') refused[turn.reason] = (refused[turn.reason] ?? 0) + 1;
  const of = (kind: Turn['kind']): number => turns.filter((turn) => turn.kind === kind).length;
  return {
    looked: looked + turns.length,
    entered: entered + of('entered'),
    left: left + of('left'),
    failed: failed + of('failed'),
    refused,
  };
};

/** Whoever stopped it meanwhile did not know what this portion came to. */
const save = async ({ store }: Services, enrolment: EnrolmentWork): Promise<EnrolmentWork> => {
  if (await saveEnrolment(store, enrolment)) return enrolment;
  const found = (await readEnrolment(store, enrolment.id)) ?? enrolment;
  if (isOpen(found)) return found;
  const { looked, entered, left, failed, refused } = enrolment;
  await saveEnrolment(store, { ...found, looked, entered, left, failed, refused });
  return found;
};
