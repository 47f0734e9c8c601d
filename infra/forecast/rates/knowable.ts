import type { Condition } from '#conditions/schema';
import { walkCondition } from '#conditions/walk';
import type { Rates } from '#model/forecast-rates';

/**
 * Can a forecast judge it? It knows what becomes of messages, and events that have a rate; of the contact
 * itself it knows nothing, so a share must be given.
 */
export const isKnowable = (condition: Condition, rates: Rates): boolean => {
  let known = true;
  walkCondition(condition, (inner) => {
    if ('all' in inner || 'any' in inner || 'not' in inner || 'message' in inner) return;
    if ('did' in inner && inner.where === undefined && rates.events?.[inner.did] !== undefined) return;
    known = false;
  });
  return known;
};
