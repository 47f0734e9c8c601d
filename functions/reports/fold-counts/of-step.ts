import type { StepRecord } from '#model/run';
import { dayIn } from '#policy/reports/calendar';
import type { Item } from '#store/table';
import type { Counting } from './contributions.ts';
import { counterName, type Rows } from './rows.ts';

/** Belongs to the day on which the run came to the step. */
export const ofStep = (item: Item, rows: Rows, { definitions }: Counting): void => {
  const { journey, version, step, at, outcome, branch, reason } = item as unknown as StepRecord;
  const place = { subject: journey, version, day: dayIn(definitions.timezone, at) };
  rows.addBoth(place, counterName(step, 'entered'));
  if (outcome === 'waiting') rows.addBoth(place, counterName(step, 'waiting'));
  if (outcome === 'skipped' || outcome === 'failed')
    rows.addBoth(place, counterName(step, outcome, reason ?? 'other'));
  if (outcome === 'answered' && branch !== undefined)
    rows.addBoth(place, counterName(step, 'answer', branch));
};
