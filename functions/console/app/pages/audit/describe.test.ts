import { expect, test } from 'vitest';
import { type Act, placeOf, queryOf, resultOf, whatOf } from './describe.ts';

const act = (members: Partial<Act>): Act => ({
  ...{ id: 'a', at: '', actor: { id: 't', name: 'Ada' }, what: '', subject: '' },
  ...members,
});

test('a route is told in words, anything else as it is', () => {
  expect(whatOf(act({ what: 'PUT /v1/journeys/{id}' }))).toBe('wrote journeys');
  expect(whatOf(act({ what: 'POST /v1/journeys/{id}/publish' }))).toBe('asked for journeys/publish');
  expect(whatOf(act({ what: 'deploy client' }))).toBe('deploy client');
});

test('only what has a page is linked to', () => {
  expect(placeOf(act({ subject: 'journeys/hello' }))).toBe('/journeys/hello');
  for (const subject of ['tokens/x', 'journeys', 'javascript:alert(1)', 'contacts/../x'])
    expect(placeOf(act({ subject }))).toBeUndefined();
});

test('an answer that never came is told', () => {
  expect(resultOf(act({}))).toMatchObject({ tone: 'warn' });
  expect([200, 404, 500].map((status) => resultOf(act({ status })).tone)).toEqual(['good', 'warn', 'bad']);
});

test('only what was filled in is asked for, and within one minute the same', () => {
  const filter = { actor: ' t ', subject: '', days: '7' };
  const now = Date.parse('2026-03-08T00:00:10Z');
  expect(queryOf(filter, now)).toBe('since=2026-03-01T00%3A00%3A00.000Z&limit=50&actor=t');
  expect(queryOf(filter, now + 30_000)).toBe(queryOf(filter, now));
});
