import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import { inLanes } from '#kernel/lanes';
import { type AudienceRecord, areAllCounted, newestSince } from '#policy/segments/audience-record';
import { catalogueOf } from '#store/catalogue/catalogue';
import { type Entry, earliest, readAgenda } from '#store/contacts/agenda';
import { loadAudience, noteComplete, noteCounted, readAudienceRecord } from '#store/contacts/audience';
import {
  areWatermarksFolded,
  audienceMark,
  forgetWatermarks,
  putWatermarks,
} from '#store/contacts/watermarks';
import { agendaShards } from '#store/keys';
import { openStore, type Store } from '#store/store';
import { review } from '../changing/review.ts';
import { wakeRun } from './wake-run.ts';

const minute = 60_000;
/**
 * Of one call, that is of one minute: what these contacts set going, such as starts of journeys, stays far
 * below what Step Functions takes (150 starts a second), and new leads are not kept waiting.
 */
const most = { events: 2_000, contacts: 20_000 } as const;
/** A call may overlap the next one, but not the one after it. */
const longestMs = 45_000;
const lanes = 8;
const perPage = 200;
/** The first event of a new contact is heard by then. */
const newcomerMs = 2 * minute;
/** Longer than any function that may still know a former version lives on with it. */
const formerMs = 60 * minute;

interface Work {
  context: FunctionContext;
  store: Store;
  now: number;
  events: number;
  contacts: number;
  failed: number;
  /** Has the time or the amount of one call been used up? */
  isOver(): boolean;
}

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return () => reviewAll(context, store);
};

/** @returns `next`: when there is something to do again, as far as is known now */
const reviewAll = async (context: FunctionContext, store: Store) => {
  const work = startWork(context, store);
  await catalogueOf(store).renew();
  const { version } = await loadAudience(store);
  const record = await readAudienceRecord(store);
  const former = Object.entries(record?.former ?? {});
  const since = record ? newestSince(record) : '';
  await reviewDue(work, 'watch');
  if (version > 0) await reviewDue(work, `audience:${version}`);
  for (const [old] of former) await reviewDue(work, `audience:${Number(old)}`);
  const newcomers = version === 0 || (await reviewNewcomers(work, since));
  const drained = await drainFormer(work, former);
  const pending = drained === undefined;
  const isComplete = version > 0 && newcomers && drained !== undefined && !work.isOver();
  const counted = !isComplete || (await finish(store, version, { record, forgotten: drained }));
  const { events, contacts, failed } = work;
  if (contacts > 0) context.log.info('contacts-reviewed', { events, contacts, failed });
  return { events, contacts, next: await nextOf(work, version, pending || !counted) };
};

interface Drained {
  record: AudienceRecord | undefined;
  forgotten: readonly number[];
}

/** @returns whether the members that were found are counted as well, so that there is nothing to look at again */
const finish = async (store: Store, version: number, { record, forgotten }: Drained): Promise<boolean> => {
  const hasBeen = record?.complete === version;
  const isCounted = !record || areAllCounted(record);
  if (!hasBeen && !isCounted) await putWatermarks(store, audienceMark(version));
  await noteComplete(store, { complete: version, forgotten });
  if (isCounted) return true;
  if (!hasBeen || !(await isCountedNow(store, version, record.completeAt))) return false;
  await noteCounted(store, version);
  await forgetWatermarks(store, audienceMark(version));
  return true;
};

/** Counts that are late for longer than that have another reason, told by the fold's own alarm. */
const longestCountMs = 60 * minute;

const isCountedNow = async (store: Store, version: number, completeAt = ''): Promise<boolean> =>
  completeAt < iso(store.clock.now() - longestCountMs) || areWatermarksFolded(store, audienceMark(version));

const startWork = (context: FunctionContext, store: Store): Work => {
  const now = store.clock.now();
  return {
    ...{ context, store, now, events: 0, contacts: 0, failed: 0 },
    isOver() {
      const late = store.clock.now() - now > longestMs;
      return late || this.events >= most.events || this.contacts >= most.contacts;
    },
  };
};

type Part = Parameters<typeof readAgenda>[1]['what'];

const reviewDue = (work: Work, what: Part): Promise<boolean> => reviewUntil(work, what, iso(work.now));

/**
 * Those whose first event never came, or came while nothing was asked.
 * @param since when what is asked was written last: who was there before has not entered by an event
 */
const reviewNewcomers = (work: Work, since: string): Promise<boolean> => {
  const late = iso(work.now - newcomerMs);
  return reviewUntil(work, 'audience:0', late > since ? late : since);
};

/** @returns whether all of them were looked at; one that fails is tried again, and no reason to wait */
const reviewUntil = async (work: Work, what: Part, until?: string): Promise<boolean> => {
  for (let shard = 0; shard < agendaShards; shard++) {
    // Those that fail stay where they are, and keep nobody else: the next call tries them again.
    for (let after: Entry | undefined; ; ) {
      if (work.isOver()) return false;
      const entries = await readAgenda(work.store, { what, shard, until, after, limit: perPage });
      await inLanes(
        lanes,
        entries,
        (entry) => reviewOne(work, what, entry),
        () => work.isOver(),
      );
      after = entries.at(-1);
      if (entries.length < perPage) break;
    }
  }
  return !work.isOver();
};

/** One that fails does not keep the others. */
const reviewOne = async (work: Work, what: Part, entry: Entry): Promise<void> => {
  work.contacts++;
  try {
    const told =
      what === 'watch' ? await wakeRun(work.store, entry) : await review(work.store, entry.contact);
    work.events += told ?? 0;
  } catch (error) {
    work.failed++;
    work.context.log.error('review-failed', { contact: entry.contact, ...describeError(error) });
  }
};

/**
 * A portion of the contacts that were last looked at for a former version.
 * @returns versions that may be forgotten; undefined while anybody is left
 */
const drainFormer = async (
  work: Work,
  former: readonly (readonly [string, string])[],
): Promise<number[] | undefined> => {
  const done: number[] = [];
  for (const [version, endedAt] of former) {
    const { failed } = work;
    if (!(await reviewUntil(work, `audience:${Number(version)}`))) return undefined;
    if (work.failed === failed && work.now - Date.parse(endedAt) > formerMs) done.push(Number(version));
  }
  return done;
};

const nextOf = async (work: Work, version: number, pending: boolean): Promise<string | null> => {
  if (pending || work.isOver() || work.failed > 0) return iso(work.now + minute);
  // While nothing was ever asked, all stand at 0 and nobody waits.
  if (version === 0) return (await earliest(work.store, ['watch'])) ?? null;
  const first = await earliest(work.store, ['watch', `audience:${version}`]);
  const newcomer = await earliest(work.store, ['audience:0']);
  const late = newcomer && iso(Date.parse(newcomer) + newcomerMs);
  return [first, late].filter((at) => at !== undefined).sort()[0] ?? null;
};
