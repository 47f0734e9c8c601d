import type { DidFact } from '#conditions/facts';
import type { MessageFact } from '#conditions/schema';
import { walkCondition } from '#conditions/walk';
import type { Planned } from './events.ts';
import { mayHappen } from './options.ts';
import { messageOf } from './solve.ts';
import type { Trip } from './trip.ts';

/**
 * Events that conditions on the way ask for, beside those that its waits hear; `undefined` where one of
 * them would lead the run elsewhere.
 */
export const wishedEvents = (trip: Trip): Planned[] | undefined => {
  const wished = [...trip.knowledge].flatMap(([name, { value }]) => [
    ...(name.startsWith('did.') ? didEvents(name.slice(4), value as DidFact[]) : []),
    ...(name.startsWith('message.') && value === true ? messageEvents(trip, name.slice(8)) : []),
  ]);
  return wished.every((planned) => mayHappen(trip, planned) && !startsRun(trip, planned))
    ? wished
    : undefined;
};

const didEvents = (event: string, facts: readonly DidFact[]): Planned[] =>
  facts.map(({ at, properties }) => ({ at, what: { event }, properties }));

/** Between the sending and the first condition that asks. */
const messageEvents = (trip: Trip, name: string): Planned[] => {
  const fact: MessageFact = JSON.parse(name);
  const sent = trip.sent.get(fact.message)?.at;
  if (sent === undefined) return [];
  const asked = trip.demands.filter(({ condition, scene }) => {
    let found = false;
    walkCondition(condition, (inner) => {
      if ('message' in inner && JSON.stringify(messageOf(inner)) === name) found = scene.now > sent;
    });
    return found;
  });
  const first = Math.min(...asked.map(({ scene }) => scene.now));
  return [{ at: sent + (first - sent) / 2, what: fact }];
};

/** An event of the past that is a trigger would start another run before. */
const startsRun = (trip: Trip, { at, what }: Planned): boolean =>
  at < trip.world.start &&
  trip.world.document.enter.on.some((on) => 'event' in on && 'event' in what && on.event === what.event);
