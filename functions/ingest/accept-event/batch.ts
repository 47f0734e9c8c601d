import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { storeArrival, storeKnown } from '#store/contacts/arrivals';
import type { Store } from '#store/store';
import type { BatchText } from './batch-text.ts';
import { type CallType, callSchemas } from './calls.ts';
import { eventOfCall, type Read, type Reading, type Refused } from './event-of-call.ts';
import { byPerson } from './people.ts';

type Good = Exclude<Read, { refused: readonly Refused[] }>;
export interface Rejected extends Refused {
  /** Place in the batch. */
  index: number;
}

/** With its place in the batch. */
export type Placed = Good & { index: number };

const maxEvents = 2500;
/** API Gateway hangs up after 30 seconds: what is not written by then is told, and can be sent again. */
const longestMs = 20_000;
/** Whose identities were meanwhile made another contact's by somebody else, is seen after this. */
const knownMs = 1_000;

const isType = (type: unknown): type is CallType =>
  typeof type === 'string' && Object.hasOwn(callSchemas, type);

const refuse = (code: string, path: string, message: string): Read => ({
  refused: [{ code, path, message }],
});

const readOne = (item: unknown, reading: Reading & { maxEventBytes: number }): Read => {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return refuse('invalid-event', '', 'An event is a JSON object.');
  const { type } = item as { type?: unknown };
  if (!isType(type))
    return refuse('unknown-type', '/type', `"type" is one of ${Object.keys(callSchemas).join(', ')}.`);
  if (Buffer.byteLength(JSON.stringify(item)) > reading.maxEventBytes)
    return refuse('too-large', '', `An event may be at most ${reading.maxEventBytes / 1024} KB.`);
  return eventOfCall(type, item, reading);
};

/**
 * Good events are kept, bad ones told by their place.
 * @param unreadable places whose text is wrong already
 */
export const readBatch = (
  body: Record<string, unknown>,
  reading: Omit<Reading, 'sentAt'> & { maxEventBytes: number },
  unreadable: BatchText['unreadable'] = new Map(),
): { events: Placed[]; rejected: Rejected[] } => {
  const { batch, sentAt, context } = body;
  if (!Array.isArray(batch)) throw new Refusal(400, 'invalid-batch', '"batch" is a list of events.');
  if (batch.length > maxEvents)
    throw new Refusal(400, 'batch-too-long', `A batch may hold at most ${maxEvents} events.`);
  const sent = typeof sentAt === 'string' && !Number.isNaN(Date.parse(sentAt)) ? sentAt : undefined;
  const reads = batch.map((item, index) => {
    const problem = unreadable.get(index);
    if (problem) return refuse(problem.code, '', problem.message);
    return readOne(withContext(item, context), { ...reading, sentAt: sent });
  });
  const good = reads.flatMap((read, index) => ('refused' in read ? [] : [{ ...read, index }]));
  const refused = reads.flatMap((read, index) =>
    'refused' in read ? read.refused.map((r) => ({ index, ...r })) : [],
  );
  return { events: good, rejected: refused };
};

/** @param more that are rejected, too */
export const without = (
  events: readonly Placed[],
  rejected: readonly Rejected[],
  more: readonly Rejected[],
): { events: Placed[]; rejected: Rejected[] } => {
  const places = new Set(more.map(({ index }) => index));
  return {
    events: events.filter(({ index }) => !places.has(index)),
    rejected: [...rejected, ...more].sort((a, b) => a.index - b.index),
  };
};

/** A context of the whole batch stands for events that bring none. */
const withContext = (item: unknown, context: unknown): unknown =>
  typeof item === 'object' &&
  item !== null &&
  !Array.isArray(item) &&
  context !== undefined &&
  !('context' in item)
    ? { ...item, context }
    : item;

/** How many people are written at once. */
const parallel = 16;

/**
 * Events of one person one after the other, each with its own time; people side by side. Each is durable when
 * this resolves, but those that it names: of these there were more than could be written while a sender waits.
 */
export const storeBatch = async (store: Store, events: readonly Placed[]): Promise<Rejected[]> => {
  const people = byPerson(events);
  const work = people.values();
  const until = store.clock.now() + longestMs;
  const left: Placed[] = [];
  const worker = async (): Promise<void> => {
    for (const person of work) left.push(...(await storePerson(store, person, until)));
  };
  await Promise.all(Array.from({ length: Math.min(parallel, people.length) }, worker));
  return left.map(({ index }) => ({
    ...{ index, code: 'too-many-of-one', path: '' },
    message: 'There was no time left to write this event. Send it again in another batch.',
  }));
};

/** @returns those for which no time was left; the first is always written */
const storePerson = async (store: Store, person: readonly Placed[], until: number): Promise<Placed[]> => {
  const known = new Map<string, { contact: string; until: number }>();
  for (const [i, { identities, draft }] of person.entries()) {
    const now = store.clock.now();
    if (i > 0 && now > until) return person.slice(i);
    const named = JSON.stringify(identities);
    const whose = known.get(named);
    const event = { ...draft, at: iso(now) };
    if (whose && whose.until > now) {
      await storeKnown(store, { ...event, contact: whose.contact });
      continue;
    }
    const { contact, isKnown } = await storeArrival(store, identities, event);
    if (isKnown) known.set(named, { contact, until: now + knownMs });
  }
  return [];
};
