import { evaluate } from '#conditions/evaluate';
import { nextChange } from '#conditions/next-change';
import type { Condition } from '#conditions/schema';
import { isSound } from '#conditions/segments';
import type { Run } from '#model/run';
import { zoneOf } from '#policy/contacts/zone';
import { conditionFacts, historyNeeded, segmentsNeeded } from '../running/facts.ts';
import { historySince } from '../running/scene.ts';
import type { Services } from '../services.ts';
import type { HeardEvent } from './heard.ts';

/**
 * Is it true of the contact, after this event? An `if` beside an `on` reads the event of that `on` as
 * `trigger`; an `if` that stands alone reads the one that started the run.
 */
export const judge = async (
  services: Services,
  condition: Condition | undefined,
  { event, contact }: Pick<HeardEvent, 'event' | 'contact'>,
  { run, besideOn }: { run?: Run | undefined; besideOn: boolean },
): Promise<boolean> => (await judgement(services, condition, { event, contact }, { run, besideOn })).holds;

export interface Judgement {
  holds: boolean;
  /** When time alone may change that (milliseconds). */
  next(): number | undefined;
}

/** As `judge`, with the time at which to ask again. A segment that selects nobody lets nobody through. */
export const judgement = async (
  services: Services,
  condition: Condition | undefined,
  { event, contact }: Pick<HeardEvent, 'event' | 'contact'>,
  { run, besideOn }: { run?: Run | undefined; besideOn: boolean },
): Promise<Judgement> => {
  if (!condition) return { holds: true, next: () => undefined };
  const { catalogue, store } = services;
  const now = store.clock.now();
  const segments = segmentsNeeded([condition]) ? await catalogue.segments() : new Map();
  const startedAt = run && Date.parse(run.startedAt);
  const since = historyNeeded([condition], segments, { now, startedAt }) ?? Number.POSITIVE_INFINITY;
  const history = await historySince(services, contact, since);
  const zone = zoneOf(contact, (await catalogue.client()).timezone);
  const heard = besideOn ? event : undefined;
  const facts = conditionFacts({ contact, now, zone, run, heard, history, segments });
  const holds = isSound(condition, segments) && evaluate(condition, facts);
  return { holds, next: () => nextChange(condition, facts, (id) => segments.get(id)?.if) };
};
