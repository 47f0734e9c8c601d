import { evaluate } from '#conditions/evaluate';
import type { Condition } from '#conditions/schema';
import type { Run } from '#model/run';
import { zoneOf } from '#policy/zone';
import { conditionFacts, historyNeeded, segmentsNeeded } from '../running/facts.ts';
import { historySince } from '../running/scene.ts';
import type { Services } from '../running/services.ts';
import type { HeardEvent } from './heard.ts';

/**
 * Is it true of the contact, after this event? An `if` beside an `on` reads the event of that `on` as
 * `trigger`; an `if` that stands alone reads the one that started the run.
 */
export const judge = async (
  services: Services,
  condition: Condition | undefined,
  { event, contact }: HeardEvent,
  { run, besideOn }: { run?: Run | undefined; besideOn: boolean },
): Promise<boolean> => {
  if (!condition) return true;
  const { catalogue, store } = services;
  const now = store.clock.now();
  const segments = segmentsNeeded([condition]) ? await catalogue.segments() : new Map();
  const startedAt = run && Date.parse(run.startedAt);
  const since = historyNeeded([condition], segments, { now, startedAt }) ?? Number.POSITIVE_INFINITY;
  const history = await historySince(services, contact.id, since);
  const zone = zoneOf(contact, (await catalogue.client()).timezone);
  const heard = besideOn ? event : undefined;
  return evaluate(condition, conditionFacts({ contact, now, zone, run, heard, history, segments }));
};
