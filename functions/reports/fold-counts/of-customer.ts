import { addMonths } from '#policy/reports/calendar';
import { readPaid } from '#store/runs/customers';
import type { Counted } from './counted.ts';
import { cohortCounters, cohortDay, counterName, customers, type Place, type Rows } from './rows.ts';

/** By month of the first purchase (the cohort) and by month in which it was there again. */
export const ofCustomer = ({ months, paid, movedTo }: Counted<'customer'>, rows: Rows): void => {
  const all = [...(months ?? [])].sort();
  const [cohort] = all;
  if (cohort === undefined || movedTo !== undefined) return;
  const place = { subject: customers };
  const ofCohort = { subject: cohortCounters, day: cohortDay(cohort) };
  rows.add(place, counterName('', 'customers'));
  for (const month of all) {
    rows.add(place, counterName('', 'present', month));
    rows.add(place, counterName(cohort, 'cohort', month));
    if (!all.includes(addMonths(month, -1))) continue;
    rows.add(place, counterName('', 'stayed', month));
    rows.add(ofCohort, counterName('', 'stayed', month));
  }
  addPaid(rows, ofCohort, cohort, paid);
};

/**
 * What it brought, by month; before it was a customer counts as then. The squares are of all until that month, less
 * those of the month before: their sum up to a month tells how far customers lie apart by then.
 */
const addPaid = (rows: Rows, place: Place, cohort: string, paid: ReadonlySet<string> | undefined): void => {
  const byMonth = Map.groupBy([...(paid ?? [])].map(readPaid), ({ month }) =>
    month < cohort ? cohort : month,
  );
  let until = 0;
  for (const [month, some] of [...byMonth].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // In the order of their ids, so that the sum of fractions is the same each time.
    const sum = some.sort((a, b) => (a.id < b.id ? -1 : 1)).reduce((all, { value }) => all + value, 0);
    rows.add(place, counterName('', 'paid', month), sum);
    rows.add(place, counterName('', 'paidSquares', month), (until + sum) ** 2 - until ** 2);
    until += sum;
  }
};
