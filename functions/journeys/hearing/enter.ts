import { readPath } from '#conditions/read-path';
import { derivedId, runId } from '#kernel/ids';
import { viewContact } from '#model/contact';
import type { JourneyRecord } from '#model/journey';
import type { Run } from '#model/run';
import { isHeard } from '#policy/journeys/match';
import { type ReentryRefusal, refuseEntry } from '#policy/journeys/reentry';
import type { Enter } from '#statemachines/document/schema';
import { untilSettled } from '#store/retry';
import { type Entry, enterRun, holderOf, readEntries, readRun } from '#store/runs/runs';
import { watchWrite } from '#store/runs/watches';
import type { TableWrite } from '#store/table';
import { asTrigger } from '../running/facts.ts';
import { startRun } from '../running/start-run.ts';
import type { Services } from '../services.ts';
import type { FrozenVersion } from '../versions.ts';
import { isHandedTo } from './handed-over.ts';
import type { HeardEvent } from './heard.ts';
import { judge, judgement } from './judge.ts';

export type Entrance =
  | { kind: 'entered' | 'repeated'; run: Run }
  | { kind: 'refused'; reason: ReentryRefusal | 'not-triggered' | 'condition' | 'no-key' };

const maxLooks = 5;

/** The contact enters by this event, if the journey's rules let it; the same event enters once. */
export const enter = async (
  services: Services,
  { id, version: number }: Pick<JourneyRecord, 'id'> & { version: number },
  heard: HeardEvent,
  known: readonly Entry[],
): Promise<Entrance> => {
  const version = await services.versions.get(id, number);
  const { enter: rules } = version.document;
  const { event, change } = heard;
  const isMeant =
    isHandedTo(event, id) ||
    isEnrolledIn(event, id) ||
    rules.on.some((on) => isHeard(on, { event, change, journey: id }));
  if (!isMeant) return refused('not-triggered');
  const key = keyOf(rules, heard);
  if (key === undefined) return refused('no-key');
  const run = newRun(id, number, key, heard);
  const refusal = await refusalOf(services, run, { heard, version, entries: known });
  if (refusal) return (await readRun(services.store, run.id)) ? repeat(services, run.id) : refused(refusal);
  return enterOnce(services, await beginRun(services, run, { version, heard }), { version, entries: known });
};

/** With its segment: whoever asked for that has seen to it that the journey is meant for it. */
const isEnrolledIn = ({ enrolment, type, name }: HeardEvent['event'], journey: string): boolean =>
  enrolment !== undefined && type === 'manual' && name === journey;

type Reason = Extract<Entrance, { kind: 'refused' }>['reason'];

/** Asked before anything is written. An event that let the contact in before is not asked anew: see `enter`. */
const refusalOf = async (
  services: Services,
  run: Run,
  { heard, version, entries }: { heard: HeardEvent; version: FrozenVersion; entries: readonly Entry[] },
): Promise<Reason | undefined> => {
  const { again, if: condition } = version.document.enter;
  const entry = entryOf(entries, run);
  if (entry?.lastRun === run.id) return undefined;
  if (!(await judge(services, condition, heard, { besideOn: true }))) return 'condition';
  return refuseEntry(again, entry, Date.parse(run.startedAt));
};

const entryOf = (entries: readonly Entry[], { journey, key = '' }: Run): Entry | undefined =>
  entries.find((entry) => entry.journey === journey && entry.key === key);

interface Begun {
  run: Run;
  also: TableWrite[];
}

/**
 * An exit rule without `on` ends the run as soon as it is true: perhaps as it begins, so that nothing is
 * sent, perhaps by time alone, which is noted with the run itself.
 */
const beginRun = async (
  services: Services,
  run: Run,
  { version, heard }: { version: FrozenVersion; heard: HeardEvent },
): Promise<Begun> => {
  const nexts: number[] = [];
  for (const { on, if: condition } of version.document.exit ?? []) {
    if (on) continue;
    const { holds, next } = await judgement(services, condition, heard, { run, besideOn: false });
    if (holds) return { run: { ...run, ...overAtOnce(run, heard) }, also: [] };
    nexts.push(next() ?? never);
  }
  return { run, also: watchFrom(services, run, Math.min(never, ...nexts)) };
};

const never = Number.POSITIVE_INFINITY;
const watchFrom = ({ store }: Services, { id }: Run, at: number): TableWrite[] =>
  at === never ? [] : [watchWrite(store, id, at)];

const overAtOnce = ({ startedAt }: Run, { event }: HeardEvent): Partial<Run> => ({
  status: 'ended',
  endedAt: startedAt,
  ended: { how: 'exited', by: event.id },
});

const refused = (reason: Reason): Entrance => ({
  kind: 'refused',
  reason,
});

/** `''` where the journey has no key; undefined where it has one and the event or contact has none. */
const keyOf = ({ key }: Enter, { event, contact }: HeardEvent): string | undefined => {
  if (key === undefined) return '';
  const value = readPath({ trigger: asTrigger(event), contact: viewContact(contact) }, key);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value);
  return text.length <= 100 ? text || undefined : derivedId(text);
};

/** More than a client needs; a run stays small. */
const mostSegments = 20;

/** For the reports: nothing that tells who it is. */
const aboutOf = ({ segments = [], source, createdAt }: HeardEvent['contact']): NonNullable<Run['about']> => ({
  ...(segments.length > 0 && { segments: segments.slice(0, mostSegments) }),
  ...(source && { source }),
  since: createdAt,
});

const newRun = (journey: string, version: number, key: string, { event, contact }: HeardEvent): Run => ({
  id: runId(event.contact, journey, key, event.id),
  contact: event.contact,
  ...(contact.id === event.contact ? {} : { holder: contact.id }),
  journey,
  version,
  ...(key === '' ? {} : { key }),
  status: 'entering',
  startedAt: event.at,
  trigger: { id: event.id, ...asTrigger(event) },
  about: aboutOf(contact),
  depth: event.depth,
  ...postOf(event),
  results: {},
});

/** Ids of posts may be chosen by whoever posts: alike for two contacts, they are two. */
const postOf = ({ type, contact, id, at, post }: HeardEvent['event']): Pick<Run, 'post'> => {
  if (type === 'form') return { post: { id: derivedId('post', contact, id), at } };
  return post ? { post } : {};
};

const enterOnce = async (
  services: Services,
  { run, also }: Begun,
  { version, entries }: { version: FrozenVersion; entries: readonly Entry[] },
): Promise<Entrance> => {
  let known = entries;
  for (let look = 1; look <= maxLooks; look++) {
    const entry = entryOf(known, run);
    if (entry?.lastRun === run.id) return repeat(services, run.id);
    const refusal = refuseEntry(version.document.enter.again, entry, Date.parse(run.startedAt));
    if (refusal) return refused(refusal);
    const entered = await untilSettled(() => enterRun(services.store, run, entry, also));
    if (entered.kind === 'repeated') return repeat(services, run.id);
    if (entered.kind === 'entered') {
      if (run.status === 'entering') await startRun(services, run, version);
      return { kind: 'entered', run };
    }
    known = await readEntries(services.store, holderOf(run));
  }
  throw new Error('the entry changed with each look; try again');
};

/** Perhaps the first time fell between the transaction and the start. */
const repeat = async (services: Services, id: string): Promise<Entrance> => {
  const run = await readRun(services.store, id);
  if (!run) return refused('already-active');
  if (run.status === 'entering')
    await startRun(services, run, await services.versions.get(run.journey, run.version));
  return { kind: 'repeated', run };
};
