import type { Condition } from '#conditions/schema';
import { closureOf, type SegmentConditions, soundSegments } from '#conditions/segments';
import { derivedId } from '#kernel/ids';
import type { Audience, Since } from './audience.ts';
import { type DateTrigger, dateKey } from './dates.ts';

/** What the catalogue remembers of the audience, so that the same words keep their age. */
export interface AudienceRecord {
  version: number;
  /** Of the catalogue, when this was written. */
  revision: number;
  signature: string;
  segments: Record<string, Since & { hash: string }>;
  /** By `dateKey`. */
  dates: Record<string, Since>;
  /** The newest version that every contact was looked at for; 0 or absent: none. */
  complete?: number | undefined;
  /** When that was noted (ISO). */
  completeAt?: string | undefined;
  /** The newest version of which the members that were found are also counted. */
  counted?: number | undefined;
  /** Versions that contacts may still stand at, with when they were over (ISO). */
  former: Record<string, string>;
}

/** What is asked now. */
export interface Present {
  zone: string;
  /** With when each was written (ISO). */
  segments: ReadonlyMap<string, { if: Condition; updatedAt: string }>;
  dates: readonly (DateTrigger & { updatedAt: string })[];
}

const hashOf = (id: string, { zone, segments }: Present): string => {
  const closure = [...closureOf(id, segments)].sort();
  return derivedId(zone, JSON.stringify(closure.map((each) => [each, segments.get(each)?.if ?? null])));
};

const writtenAt = (id: string, { segments }: Present): string =>
  [...closureOf(id, segments)]
    .map((each) => segments.get(each)?.updatedAt ?? '')
    .reduce((a, b) => (a > b ? a : b));

/** The record that holds what is asked now; the very one that was given where nothing is new. */
export const nextAudience = (
  before: AudienceRecord | undefined,
  present: Present,
  { revision, now }: { revision: number; now: string },
): AudienceRecord | undefined => {
  const hashes = [...soundSegments(present.segments).keys()]
    .sort()
    .map((id) => [id, hashOf(id, present)] as const);
  const dates = new Map(present.dates.map((trigger) => [dateKey(trigger), trigger.updatedAt]));
  const signature = derivedId(present.zone, JSON.stringify([hashes, [...dates.keys()].sort()]));
  if (before?.signature === signature || (!before && hashes.length === 0 && dates.size === 0)) return before;
  const version = (before?.version ?? 0) + 1;
  const segments = hashes.map(([id, hash]) => {
    const known = before?.segments[id];
    return [
      id,
      known?.hash === hash ? known : { hash, since: version, sinceAt: writtenAt(id, present) },
    ] as const;
  });
  const since = [...dates].map(
    ([key, updatedAt]) => [key, before?.dates[key] ?? { since: version, sinceAt: updatedAt }] as const,
  );
  return {
    ...{ version, revision, signature },
    ...kept(before),
    segments: Object.fromEntries(segments),
    dates: Object.fromEntries(since),
    former: { ...before?.former, ...(before ? { [before.version]: now } : {}) },
  };
};

const kept = (
  before: AudienceRecord | undefined,
): Pick<AudienceRecord, 'complete' | 'completeAt' | 'counted'> => {
  const { complete, completeAt, counted } = before ?? {};
  return {
    ...(complete === undefined ? {} : { complete }),
    ...(completeAt === undefined ? {} : { completeAt }),
    ...(counted === undefined ? {} : { counted }),
  };
};

/** When the newest of its words were written (ISO). */
export const newestSince = ({ segments, dates }: AudienceRecord): string =>
  [...Object.values(segments), ...Object.values(dates)]
    .map(({ sinceAt }) => sinceAt)
    .reduce((a, b) => (a > b ? a : b), '');

/** Was everybody looked at for the segment in these words? One that selects nobody needs no looking. */
export const isBuilt = (record: AudienceRecord | undefined, segment: string): boolean =>
  isSince(record, segment, record?.complete);

/** Are the members that were found then counted too? Asked of the stream where this says no. */
export const isCounted = (record: AudienceRecord | undefined, segment: string): boolean =>
  isSince(record, segment, record?.counted);

export const areAllCounted = ({ segments, counted = 0 }: AudienceRecord): boolean =>
  Object.values(segments).every(({ since }) => since <= counted);

const isSince = (record: AudienceRecord | undefined, segment: string, version = 0): boolean => {
  const asked = record?.segments[segment];
  return asked === undefined || asked.since <= version;
};

export const audienceOf = (record: AudienceRecord | undefined, { zone, ...present }: Present): Audience => {
  if (!record) return { version: 0, zone, segments: new Map(), dates: [] };
  const sound: SegmentConditions = soundSegments(present.segments);
  const segments = [...sound].flatMap(([id, { if: condition }]) => {
    const known = record.segments[id];
    return known ? [[id, { if: condition, since: known.since, sinceAt: known.sinceAt }] as const] : [];
  });
  const byKey = new Map(present.dates.map((trigger) => [dateKey(trigger), trigger]));
  const dates = [...byKey].flatMap(([key, { date, offset, at }]) => {
    const known = record.dates[key];
    return known ? [{ date, offset, at, ...known }] : [];
  });
  return { version: record.version, zone, segments: new Map(segments), dates };
};
