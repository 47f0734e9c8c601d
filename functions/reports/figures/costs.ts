import type { Costs } from '#model/costs';
import { addMonths, daysBetween, monthOf } from '#policy/reports/calendar';
import type { Days } from '#store/runs/counters';

const daysOfMonth = (month: string): number =>
  daysBetween(`${month}-01`, `${addMonths(month, 1)}-01`).length - 1;

/** Months that the range holds in part count by their days. */
export const costIn = ({ costs }: Costs, { from, to }: Days, source?: string): number => {
  const days = Map.groupBy(daysBetween(from, to), monthOf);
  return costs
    .filter((cost) => source === undefined || cost.source === source)
    .reduce(
      (sum, { month, amount }) => sum + (amount * (days.get(month)?.length ?? 0)) / daysOfMonth(month),
      0,
    );
};
