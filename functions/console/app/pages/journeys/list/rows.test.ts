import { expect, test } from 'vitest';
import type { JourneyFigures, JourneySummary, Status } from '../api-shapes.ts';
import { goalRate, rowsOf } from './rows.ts';

const journey = (name: string, status: Status): JourneySummary => ({
  ...{
    id: name.toLowerCase(),
    name,
    status,
    owner: 'api',
    draftEtag: 'e',
    updatedAt: '2026-03-01T08:00:00Z',
  },
});
const all = [
  journey('Old', 'archived'),
  journey('Draft', 'draft'),
  journey('Zeta', 'live'),
  journey('Alpha', 'live'),
];
const names = (rows: JourneySummary[]): string[] => rows.map(({ name }) => name);

test('what runs comes first, by name; the archive stays away until it is asked for', () => {
  expect(names(rowsOf(all, { filter: 'all', search: '' }))).toEqual(['Alpha', 'Zeta', 'Draft']);
  expect(names(rowsOf(all, { filter: 'archived', search: '' }))).toEqual(['Old']);
});

test('a search looks into names and ids, in the archive too', () => {
  expect(names(rowsOf(all, { filter: 'all', search: ' OL ' }))).toEqual(['Old']);
  expect(rowsOf(all, { filter: 'live', search: 'draft' })).toEqual([]);
});

test('nobody entered, or no goal: no rate', () => {
  const conversion = { count: 1, of: 8, value: 0.125, low: 0, high: 1 };
  const figures = { journey: 'a', name: 'A', status: 'live', entered: 8, active: 0, converted: 1, value: 0 };
  const rate = (more: Partial<JourneyFigures>) => goalRate({ ...figures, conversion, ...more });
  expect(goalRate(undefined)).toBeUndefined();
  expect(rate({ entered: 0, converted: 0 })).toBeUndefined();
  expect(goalRate({ ...figures, converted: 0 })).toBeUndefined();
  expect(rate({})).toEqual({ entered: 8, converted: 1 });
});
