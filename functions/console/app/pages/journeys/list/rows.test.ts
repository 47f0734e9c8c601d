import { expect, test } from 'vitest';
import type { JourneySummary, ReportView, Status } from '../api-shapes.ts';
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

test('nobody entered: no rate', () => {
  expect(goalRate(null)).toBeUndefined();
  expect(goalRate({ entered: 0, converted: 0 } as ReportView)).toBeUndefined();
  expect(goalRate({ entered: 8, converted: 1 } as ReportView)).toEqual({ entered: 8, converted: 1 });
});
