import { expect, test } from 'vitest';
import { definitionsOf, reportSettingsSchema } from '#model/report-settings';
import { createKpis, type KpiFacts } from './kpis.ts';

const settings = reportSettingsSchema.parse({
  nps: { form: 'survey', value: 'properties.score' },
  csat: { event: 'Rated', value: 'properties.stars' },
});

interface Counted {
  /** Of one day in February, by what is counted. */
  counts?: Record<string, number>;
  /** Customers by month, and who of them had been there in the month before. */
  present?: Record<string, number>;
  stayed?: Record<string, number>;
  cost?: number;
  asks?: boolean;
}

const named = (what: string, counts: Record<string, number>): [string, number][] =>
  Object.entries(counts).map(([which, n]) => [`|${what}|${which}`, n]);

const kpisOf = ({ counts = {}, present = {}, stayed = {}, cost = 0, asks = true }: Counted = {}) => {
  const facts: KpiFacts = {
    range: { from: '2026-02-01', to: '2026-02-28', timezone: 'Europe/Berlin' },
    days: [
      {
        ...{ day: '2026-02-10', version: 0 },
        counts: new Map(Object.entries(counts).map(([name, n]) => [`|${name}`, n])),
      },
    ],
    customers: new Map([...named('present', present), ...named('stayed', stayed)]),
    cohorts: [],
    costs: { costs: cost === 0 ? [] : [{ month: '2026-02', source: 'google', amount: cost }] },
    definitions: definitionsOf({ timezone: 'Europe/Berlin', ...(asks && { reports: settings }) }),
    today: '2026-03-10',
  };
  const { kpis } = createKpis(facts);
  return (id: string) => kpis.find((kpi) => kpi.id === id)!;
};

const every = [
  ...['conversion-rate', 'cost-per-acquisition', 'return', 'average-revenue', 'lifetime-value', 'churn'],
  ...['cycle-length', 'nps', 'csat'],
];

test('of nothing every figure says why there is none, and none is a number', () => {
  for (const asks of [true, false]) {
    const of = kpisOf({ asks });
    expect(every.map((id) => [id, of(id).value, (of(id).note ?? '').length > 10])).toEqual(
      every.map((id) => [id, null, true]),
    );
  }
});

test('figures are what their formulas say', () => {
  const of = kpisOf({
    counts: {
      ...{ entered: 200, converted: 30, conversions: 25, valuedOrders: 40, orders: 45 },
      ...{ revenue: 800, revenueSquares: 20_000, 'csat|satisfied': 30, 'csat|other': 10 },
      ...{ 'nps|promoter': 30, 'nps|passive': 20, 'nps|detractor': 10, 'cycle|0': 12 },
    },
    present: { '2026-01': 50, '2026-02': 64 },
    stayed: { '2026-02': 40 },
    cost: 500,
  });
  const values = Object.fromEntries(every.map((id) => [id, of(id).value]));
  expect(values).toEqual({
    ...{ 'conversion-rate': 30 / 200, 'cost-per-acquisition': 500 / 25, return: (800 - 500) / 500 },
    ...{ 'average-revenue': 800 / 40, churn: 10 / 50, 'lifetime-value': 800 / 64 / 0.2 },
    ...{ nps: 33.3, csat: 30 / 40, 'cycle-length': 1 },
  });
  for (const id of ['conversion-rate', 'average-revenue', 'lifetime-value', 'churn', 'nps', 'csat']) {
    const { low, value, high } = of(id);
    expect([id, low! < value! && value! < high!]).toEqual([id, true]);
  }
});

test('refunds that outweigh the orders turn figures below nothing, and no interval round', () => {
  const of = kpisOf({
    counts: { orders: 20, valuedOrders: 20, revenue: -200, revenueSquares: 6_000 },
    present: { '2026-01': 50, '2026-02': 40 },
    stayed: { '2026-02': 40 },
    cost: 100,
  });
  expect(of('return').value).toBe(-3);
  expect(of('average-revenue')).toMatchObject({ value: -10 });
  for (const id of ['average-revenue', 'lifetime-value']) {
    const { low, value, high } = of(id);
    expect([id, low! < value! && value! < high!]).toEqual([id, true]);
  }
});

test('a lifetime needs somebody who left, somebody who stayed, and orders that tell their value', () => {
  const counts = { orders: 10, valuedOrders: 10, revenue: 100, revenueSquares: 1_000 };
  const noteOf = (counted: Counted): string | undefined => kpisOf(counted)('lifetime-value').note;
  expect(noteOf({ counts, present: { '2026-01': 50, '2026-02': 50 }, stayed: { '2026-02': 50 } })).toMatch(
    /^Nobody left/,
  );
  expect(noteOf({ counts, present: { '2026-01': 50 } })).toMatch(/^Nobody was there any more/);
  expect(
    noteOf({ counts: { orders: 9 }, present: { '2026-01': 50, '2026-02': 9 }, stayed: { '2026-02': 9 } }),
  ).toMatch(/^No order of these months tells its value/);
});

test('money that was spent for nothing came back as nothing; where nobody tells the worth it is not known', () => {
  expect(kpisOf({ cost: 100 })('return')).toMatchObject({ value: -1, basis: { revenue: 0, cost: 100 } });
  expect(kpisOf({ cost: 100, counts: { orders: 3 } })('return')).toMatchObject({
    ...{ value: null, note: expect.stringContaining('tells what it brought') },
  });
  // What was paid and paid back was told.
  expect(kpisOf({ cost: 100, counts: { orders: 2, valuedOrders: 2, revenue: 0 } })('return').value).toBe(-1);
  // Orders that do not tell their value leave it to the goals.
  expect(kpisOf({ cost: 100, counts: { orders: 3, conversions: 2, value: 150 } })('return').value).toBe(0.5);
  expect(kpisOf({ cost: 100 })('cost-per-acquisition')).toMatchObject({
    ...{ value: null, note: 'Nobody converted on these days.' },
  });
});
