import { dayIn } from '#policy/reports/calendar';
import { edgeOf } from '#policy/reports/spans';
import type { Counting } from './contributions.ts';
import type { Counted } from './counted.ts';
import { counterName, type Rows } from './rows.ts';

/** Belongs to the day on which the run came to the step. */
export const ofStep = (record: Counted<'step'>, rows: Rows, { definitions }: Counting): void => {
  const { journey, version, step, at, outcome, branch, reason, endedAt } = record;
  const place = { subject: journey, version, day: dayIn(definitions.timezone, at) };
  rows.addBoth(place, counterName(step, 'entered'));
  if (outcome === 'waiting') rows.addBoth(place, counterName(step, 'waiting'));
  if (outcome === 'skipped' || outcome === 'failed')
    rows.addBoth(place, counterName(step, outcome, reason ?? 'other'));
  if (outcome === 'answered' && branch !== undefined)
    rows.addBoth(place, counterName(step, 'answer', branch));
  // A wait that was answered: the shortest one that would have heard it.
  if (outcome === 'answered' && branch !== undefined && branch >= 0 && endedAt !== undefined)
    rows.addBoth(place, counterName(step, 'heardIn', edgeOf(Date.parse(endedAt) - Date.parse(at))));
};
