import type { ConditionFacts } from '#conditions/facts';
import { type Needs, needs } from '#conditions/needs';
import type { Condition, MessageState } from '#conditions/schema';
import { iso } from '#kernel/clock';
import type { Contact } from '#model/contact';
import type { Run } from '#model/run';
import type { Segment } from '#model/segment';
import { contactFacts } from '#policy/contacts/contact-facts';
import { isHeard, type Trigger } from '#policy/journeys/match';
import type { RunFacts } from '#statemachines/steps/effects';
import type { HistoryItem, StoredEvent } from '#store/contacts/events';

/** What conditions may ask about, gathered before they are judged. */
export interface Known {
  contact: Contact;
  now: number;
  zone: string;
  /** Absent where a run is yet to begin. */
  run?: Run | undefined;
  /** The event that `trigger` means, where it is not the one that started the run. */
  heard?: StoredEvent | undefined;
  history: readonly HistoryItem[];
  segments: ReadonlyMap<string, Segment>;
  /** The arm that the step's own test was decided for. */
  winner?: number | undefined;
}

/**
 * How far back the history must be read: `undefined` not at all, else milliseconds since the epoch
 * (`-Infinity`: all of it). Segments bring the needs of their own conditions.
 */
export const historyNeeded = (
  conditions: readonly (Condition | undefined)[],
  segments: ReadonlyMap<string, Segment>,
  { now, startedAt }: { now: number; startedAt?: number | undefined },
): number | undefined => {
  const needed = needs(...withSegments(conditions, segments));
  const since = [
    ...[...needed.events.values()].map((back) => now - back),
    ...(needed.messages.length > 0 && startedAt !== undefined ? [startedAt] : []),
  ];
  return since.length === 0 ? undefined : Math.min(...since);
};

/** Do these ask what became of a message? */
export const asksMessages = (
  conditions: readonly (Condition | undefined)[],
  segments: ReadonlyMap<string, Segment>,
): boolean => needs(...withSegments(conditions, segments)).messages.length > 0;

/** The conditions of all segments that these name, and of those that those name. */
const withSegments = (
  conditions: readonly (Condition | undefined)[],
  segments: ReadonlyMap<string, Segment>,
): Condition[] => {
  const all = conditions.filter((condition) => condition !== undefined);
  const seen = new Set<string>();
  for (let i = 0; i < all.length; i++)
    for (const id of namedSegments(needs(all[i]), seen)) {
      const condition = segments.get(id)?.if;
      if (condition) all.push(condition as Condition);
    }
  return all;
};

const namedSegments = ({ segments }: Needs, seen: Set<string>): string[] =>
  [...segments].filter((id) => !seen.has(id) && seen.add(id));

export const segmentsNeeded = (conditions: readonly (Condition | undefined)[]): boolean =>
  needs(...conditions).segments.size > 0;

export const conditionFacts = (known: Known): ConditionFacts => {
  const { contact, now, zone, run, heard, segments } = known;
  const trigger = heard ? asTrigger(heard) : run?.trigger;
  return {
    ...contactFacts({ contact, now, zone, segments, events: events(known.history) }),
    ...(trigger ? { trigger } : {}),
    results: run?.results ?? {},
    message: (step, was) => messageFacts(known, step, was),
  };
};

export const asTrigger = ({ name, type, properties }: StoredEvent) => ({ event: name, type, properties });

const events = (history: readonly HistoryItem[]) => history.filter((item) => item.kind === 'event');

/** What readers do are events; that we sent or skipped it, and that it arrived, stands in the send's or the step's own record. */
const messageFacts = ({ history, run }: Known, step: string, was: MessageState) => {
  if (!run) return [];
  const told = events(history)
    .filter((event) => isHeard({ message: step, was }, { event, journey: run.journey, run: run.id }))
    .map(({ at, message }) => ({ at: Date.parse(at), ...(message?.link ? { link: message.link } : {}) }));
  const own = history.filter(
    (item) => (item.kind === 'send' || item.kind === 'step') && item.run === run.id && item.step === step,
  );
  return [...told, ...own.flatMap((item) => madeAt(item, was))];
};

const madeAt = (item: HistoryItem, was: MessageState): { at: number }[] => {
  if (item.kind === 'send' && was === 'delivered')
    return item.deliveredAt === undefined ? [] : [{ at: Date.parse(item.deliveredAt) }];
  const isSo = item.kind === 'send' ? item.status === was : item.kind === 'step' && item.outcome === was;
  return isSo ? [{ at: Date.parse(item.at) }] : [];
};

export const runFacts = (known: Known & { run: Run; visit?: number }): RunFacts => {
  const { now, zone, run, history, visit = 1 } = known;
  const startedAt = Date.parse(run.startedAt);
  return {
    now,
    zone,
    run: { id: run.id, journey: run.journey, contact: run.contact, startedAt },
    conditions: conditionFacts(known),
    heard: (on, since) => heardFacts(history, run, on, since),
    winner: () => known.winner,
    reached: (step) => reachedAt(history, run.id, step),
    waitedUntil: (step) => waitedUntil(history, { run: run.id, step, before: visit }),
    outcome: (step) =>
      events(history).find(
        ({ task }) => task?.run === run.id && task.step === step && (task.visit ?? 1) === visit,
      )?.task?.outcome,
  };
};

const heardFacts = (history: readonly HistoryItem[], run: Run, on: Trigger, since: number) =>
  events(history)
    .filter((event) => event.id !== run.trigger.id && event.at >= iso(since))
    .filter((event) =>
      isHeard(on, { event, change: event.applied ?? event.change, journey: run.journey, run: run.id }),
    )
    .map((event) => ({ at: Date.parse(event.at), trigger: asTrigger(event) }));

const reachedAt = (history: readonly HistoryItem[], run: string, step: string): number | undefined => {
  const last = history.findLast(
    (item) => (item.kind === 'step' || item.kind === 'send') && item.run === run && item.step === step,
  );
  return last && Date.parse(last.at);
};

/** Of all rounds before this one the latest: rounds of one instant stand in no order. */
const waitedUntil = (
  history: readonly HistoryItem[],
  { run, step, before }: { run: string; step: string; before: number },
): number | undefined => {
  const ends = history.flatMap((item) => {
    const isIt = item.kind === 'step' && item.run === run && item.step === step && item.visit < before;
    return isIt && item.until !== undefined ? [Date.parse(item.until)] : [];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
};
