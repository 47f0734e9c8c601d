import { addMonths } from '#policy/reports/calendar';
import type { Counted } from './counted.ts';
import { counterName, customers, type Rows } from './rows.ts';

/** By month of the first purchase (the cohort) and by month in which it was there again. */
export const ofCustomer = ({ months, movedTo }: Counted<'customer'>, rows: Rows): void => {
  const all = [...(months ?? [])].sort();
  const [cohort] = all;
  if (cohort === undefined || movedTo !== undefined) return;
  const place = { subject: customers };
  rows.add(place, counterName('', 'customers'));
  for (const month of all) {
    rows.add(place, counterName('', 'present', month));
    rows.add(place, counterName(cohort, 'cohort', month));
    if (all.includes(addMonths(month, -1))) rows.add(place, counterName('', 'stayed', month));
  }
};
