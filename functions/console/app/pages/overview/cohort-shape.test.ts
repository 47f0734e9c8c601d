import { expect, test } from 'vitest';
import type { Kpis } from '#functions/reports/figures/kpis';
import { cohortRows, mostCohortMonths } from './cohort-shape.ts';

const rate = (count: number, of: number) => ({
  count,
  of,
  value: of > 0 ? count / of : null,
  low: 0.1,
  high: 0.9,
});
const cohort = (name: string, size: number) => ({
  ...{ cohort: name, size },
  months: [
    { month: name, rate: rate(size, size) },
    { month: '2026-03', rate: rate(5, size), churn: rate(size - 5, size) },
  ],
  lifetime: [
    {
      month: name,
      revenue: 200,
      perCustomer: size < 10 ? null : 20,
      ...(size >= 10 && { low: 10, high: 30 }),
    },
  ],
});
const kpis = { cohorts: [cohort('2026-01', 8), cohort('2026-02', 10)] } as unknown as Kpis;

test('cohorts stand newest first, each month in its place, each figure with its interval', () => {
  const [newest, older] = cohortRows(kpis, 'retention');
  expect([newest?.cohort, older?.cohort, newest?.cells.length]).toEqual([
    '2026-02',
    '2026-01',
    mostCohortMonths,
  ]);
  expect(newest?.cells.slice(0, 3)).toEqual([
    { value: '100 %', interval: '10 % to 90 %' },
    { value: '50 %', interval: '10 % to 90 %' },
    undefined,
  ]);
});

test('nobody can have left in the first month; too few customers have no mean', () => {
  const [churned] = cohortRows(kpis, 'churn');
  expect(churned?.cells.slice(0, 2)).toEqual([undefined, { value: '50 %', interval: '10 % to 90 %' }]);
  const [known, few] = cohortRows(kpis, 'lifetime-value');
  expect(known?.cells[0]).toEqual({ value: '20', interval: '10 to 30' });
  expect(few?.cells[0]).toEqual({ value: 'too few' });
});
