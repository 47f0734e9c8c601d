import type { MessageFact } from '#conditions/schema';
import type { AwaitedTrigger } from '#conditions/triggers';
import type { SimulationEvent } from '#model/simulation';

/** Something that is to happen on a way, at an instant. */
export interface Planned {
  /** Milliseconds since the epoch. */
  at: number;
  what: AwaitedTrigger | { task: string; outcome: string };
  /** Under which its properties were searched for. */
  key?: string;
  properties?: Record<string, unknown>;
  /** The journey makes it happen itself. */
  own?: true;
}

/** Would a wait for `on` hear it? */
export const hears = (on: AwaitedTrigger, { what }: Planned): boolean => {
  if ('event' in on) return 'event' in what && what.event === on.event;
  if ('form' in on) return 'form' in what && what.form === on.form;
  if ('message' in on) return 'message' in what && hearsMessage(on, what);
  if ('tag' in on) return 'tag' in what && what.tag === on.tag;
  return 'segment' in what && what.segment === on.segment && what.when === on.when;
};

export const hearsMessage = (on: MessageFact, what: MessageFact): boolean =>
  what.message === on.message && what.was === on.was && (on.link === undefined || on.link === what.link);

/** What `trigger` reads of it: an event's name and kind. */
export const triggerOf = (on: AwaitedTrigger): { event: string; type: string } => {
  if ('event' in on) return { event: on.event, type: 'track' };
  if ('form' in on) return { event: on.form, type: 'form' };
  if ('message' in on) return { event: on.was, type: 'message' };
  return { event: 'tag' in on ? on.tag : on.segment, type: 'change' };
};

/** `undefined` for what no file can make happen: a contact enters a segment by what else happens. */
export const asSimulationEvent = (planned: Planned, start: number): SimulationEvent | undefined => {
  const { what, properties = {} } = planned;
  const at = relative(planned.at - start);
  if ('segment' in what || planned.own) return undefined;
  return 'event' in what || 'form' in what ? { at, ...what, properties } : { at, ...what };
};

const units = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
] as const;

/** `+36 hours`, to the minute. */
const relative = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  const [unit, size] = units.find(([, each]) => minutes !== 0 && minutes % each === 0) ?? units[2];
  const count = Math.abs(minutes / size);
  return `${minutes < 0 ? '-' : '+'}${count} ${unit}${count === 1 ? '' : 's'}`;
};
