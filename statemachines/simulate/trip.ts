import type { DidFact } from '#conditions/facts';
import type { Condition, MessageFact } from '#conditions/schema';
import type { Trigger } from '#conditions/triggers';
import { type Duration, offset } from '#kernel/durations';
import { addCalendar, wallClock } from '#kernel/zones';
import type { Way } from '../compile/form.ts';
import type { Journey } from '../document/schema.ts';
import type { RunFacts } from '../steps/effects.ts';
import { hearsMessage, type Planned, triggerOf } from './events.ts';
import { membersOf } from './members.ts';
import { type Changed, type Demand, type Knowledge, learn, type Scene, satisfy } from './solve.ts';

/** One imagined run on its way through the plan: what must be so, what happens, where it is. */
export interface Trip {
  world: World;
  /** What starts the run. */
  on: Trigger;
  /** Milliseconds since the epoch. */
  now: number;
  trigger: { key: string; event: string; type: string };
  knowledge: Knowledge;
  demands: Demand[];
  changed: Changed;
  events: Planned[];
  /** Stretches of time in which nothing of this may happen. */
  silences: { ways: readonly EventWay[]; from: number; to: number }[];
  sent: Map<string, { at: number; channel: string }>;
  skipped: Set<string>;
  /** Names under which webhooks saved an answer. */
  saved: Set<string>;
  /** How often each loop was taken. */
  jumps: Map<string, number>;
  /** Keys of the options taken so far. */
  taken: string[];
  /** Nodes that did their work, in order. */
  performed: string[];
  answers: { step: string; index: number; answer: string }[];
}

export type EventWay = Extract<Way, { by: 'event' }>;

/** What keeps a message waiting. */
export interface Quiet {
  /** Milliseconds. */
  until: number;
  skips: boolean;
}
/** Of advertising whose author set no quiet hours. */
export type UsualQuiet = (channel: string, now: number, zone: string) => Quiet | undefined;

export interface World {
  document: Journey;
  /** Steps whose messages are counted and not sent. */
  heldOut: ReadonlySet<string>;
  /** Some step sends to a phone's app. */
  pushes: boolean;
  /** Dates for which steps wait: `contact.trialEndsAt`. */
  dates: readonly string[];
  /** What could not be brought about last, for those who ask why. */
  failed?: { condition: Condition; holds: boolean } | undefined;
  start: number;
  zone: string;
  segment(id: string): Condition | undefined;
  usualQuiet: UsualQuiet;
  /** How much more may be tried for this path. */
  patience: { left: number };
}

export const copyOf = (trip: Trip): Trip => ({
  ...trip,
  demands: [...trip.demands],
  events: [...trip.events],
  silences: [...trip.silences],
  sent: new Map(trip.sent),
  skipped: new Set(trip.skipped),
  saved: new Set(trip.saved),
  jumps: new Map(trip.jumps),
  taken: [...trip.taken],
  performed: [...trip.performed],
  answers: [...trip.answers],
});

/** So that messages have all they need: a value each, unless a condition wants another. */
const usual = ({ zone, pushes }: World): [string, unknown[]][] => [
  ...(pushes ? [['consent.push', [true, false]] as [string, unknown[]]] : []),
  ['contact.email', ['ada@example.com']],
  ['contact.phone', ['+4915112345678']],
  ['contact.firstName', ['Ada']],
  ['contact.lastName', ['Example']],
  ['contact.company', ['Example Ltd']],
  ['contact.timezone', [zone]],
  ['consent.email', [true, false]],
  ['consent.sms', [true, false]],
];

/** Who comes by a date has one, and so has who is to wait for one. */
const datesFor = ({ dates, start, zone }: World, on: Trigger): [string, unknown[]][] => {
  const dayAfter = (by: Duration): string => wallClock(addCalendar(start, by, zone), zone).date;
  const inAMonth = dates.map((path): [string, unknown[]] => [
    path,
    [dayAfter({ days: 30, milliseconds: 0 })],
  ]);
  if (!('date' in on)) return inAMonth;
  const { days, milliseconds } = offset(on.offset ?? '0 days');
  return [[on.date, [dayAfter({ days: -days, milliseconds: -milliseconds })]], ...inAMonth];
};

/** Nobody enters without a value of what tells runs apart. */
const keyFor = ({ document: { enter } }: World): [string, unknown[]][] =>
  enter.key === undefined ? [] : [[enter.key, ['simulated']]];

const baseOf = (world: World, on: Trigger): Knowledge =>
  [...usual(world), ...datesFor(world, on), ...keyFor(world)].reduce<Knowledge>(
    (known, [name, values]) => learn(known, name, values, () => true) ?? known,
    new Map(),
  );

export const tripOf = (world: World, on: Trigger): Trip => ({
  world,
  on,
  now: world.start,
  trigger: { key: 'trigger', ...startOf(on, world.document.id) },
  knowledge: baseOf(world, on),
  demands: [],
  changed: { fields: new Map(), tags: new Map(), score: 0 },
  events: [],
  silences: [],
  sent: new Map(),
  skipped: new Set(),
  saved: new Set(),
  jumps: new Map(),
  taken: [],
  performed: [],
  answers: [],
});

const startOf = (on: Trigger, journey: string): { event: string; type: string } =>
  'date' in on || 'manual' in on ? { event: journey, type: 'manual' } : triggerOf(on);

/** The contact as it is by now: as it was chosen to begin with, and what the journey changed. */
const contactOf = ({ knowledge, changed }: Trip): Record<string, unknown> => {
  const chosen = membersOf(knowledge, 'contact.');
  const tags = new Set(tagsOf(knowledge, chosen.tags));
  for (const [tag, has] of changed.tags) has ? tags.add(tag) : tags.delete(tag);
  const score = (typeof chosen.score === 'number' ? chosen.score : 0) + changed.score;
  return { ...chosen, ...Object.fromEntries(changed.fields), tags: [...tags], score };
};

export const tagsOf = (knowledge: Knowledge, chosen: unknown): string[] => [
  ...(Array.isArray(chosen) ? chosen.map(String) : []),
  ...[...knowledge].flatMap(([name, { value }]) =>
    name.startsWith('tag.') && value === true ? [name.slice(4)] : [],
  ),
];

const sceneOf = (trip: Trip, trigger = trip.trigger): Scene => {
  const { world, now, changed, sent, skipped } = trip;
  const events = [...trip.events];
  return {
    now,
    start: world.start,
    zone: world.zone,
    trigger,
    changed,
    segment: world.segment,
    saved: (name) => trip.saved.has(name),
    did: (event) => didOf(event, trip.trigger, events, world.start),
    message: (fact) => messageCertainty(fact, { now, sent, skipped, events }),
  };
};

const didOf = (
  event: string,
  first: Trip['trigger'],
  events: readonly Planned[],
  start: number,
): DidFact[] => [
  ...(first.type === 'track' && first.event === event ? [{ at: start, properties: {} }] : []),
  ...events.flatMap(({ at, what }) =>
    'event' in what && what.event === event ? [{ at, properties: {} }] : [],
  ),
];

const minute = 60_000;

/** Free to choose is only what may still become of a message that was sent a while ago. */
const messageCertainty = (
  fact: MessageFact,
  { now, sent, skipped, events }: Pick<Trip, 'now' | 'sent' | 'skipped' | 'events'>,
): boolean | undefined => {
  const at = sent.get(fact.message)?.at;
  if (fact.was === 'sent') return at !== undefined;
  if (fact.was === 'skipped') return skipped.has(fact.message);
  if (events.some(({ what }) => 'message' in what && hearsMessage(fact, what))) return true;
  return at === undefined || now - at < 2 * minute ? false : undefined;
};

/** Is it possible that this holds, or not, here and now? Notes it and what follows from it. */
export const demand = (
  trip: Trip,
  condition: Condition,
  holds: boolean,
  trigger?: Trip['trigger'],
): boolean => {
  const one = { condition, holds, scene: sceneOf(trip, trigger) };
  trip.demands.push(one);
  const knowledge = satisfy([one], trip.knowledge) ?? chosenAnew(trip);
  if (knowledge) trip.knowledge = knowledge;
  else trip.world.failed = { condition, holds };
  return knowledge !== undefined;
};

/** An alternative that was chosen before may be the wrong one by now. That costs much, so not too often. */
const chosenAnew = (trip: Trip): Knowledge | undefined => {
  if (--trip.world.patience.left < 0) return undefined;
  return satisfy(trip.demands, baseOf(trip.world, trip.on));
};

/** For steps that run. Nothing is heard: waits for events are walked by their options. */
export const factsOf = (trip: Trip): RunFacts => {
  const { world, now, trigger } = trip;
  const scene = sceneOf(trip);
  return {
    now,
    zone: world.zone,
    run: { id: 'path', journey: world.document.id, contact: 'path', startedAt: world.start },
    conditions: {
      // Few steps look at the contact, and a long way has thousands of steps.
      get contact() {
        return contactOf(trip);
      },
      get trigger() {
        const { event, type } = trigger;
        return { event, type, properties: membersOf(trip.knowledge, 'trigger.properties.') };
      },
      now,
      zone: world.zone,
      consent: (key) => trip.knowledge.get(`consent.${key}`)?.value === true,
      inSegment: () => false,
      did: scene.did,
      message: () => [],
    },
    heard: () => [],
    reached: () => undefined,
    outcome: () => undefined,
  };
};
