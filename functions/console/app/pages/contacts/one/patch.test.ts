import { expect, test } from 'vitest';
import { emptyContact } from '#model/contact';
import { draftOf, faultOf, patchOf } from './patch.ts';

const ada = {
  ...emptyContact('c', '2026-03-01T00:00:00Z'),
  fields: { firstName: 'Ada', age: 36, vip: true, address: { city: 'London' } },
  tags: ['demo', 'a, b'],
  stage: 'lead',
};
const draft = draftOf(ada);
const changed = (name: string, text: string) => ({
  ...draft,
  rows: draft.rows.map((row) => (row.name === name ? { ...row, text } : row)),
});

test('what was not changed is not sent', () => {
  expect(patchOf(ada, draft)).toBeUndefined();
});

test.each([
  [changed('firstName', 'Grace'), { set: { firstName: 'Grace' } }],
  [changed('age', '37'), { set: { age: 37 } }],
  [changed('vip', 'false'), { set: { vip: false } }],
  [changed('address', '{"city":"Rome"}'), { set: { address: { city: 'Rome' } } }],
  [{ ...draft, rows: draft.rows.filter(({ name }) => name !== 'age') }, { unset: ['age'] }],
  [
    { ...draft, rows: [...draft.rows, { name: 'plan', kind: 'text' as const, text: 'pro', isNew: true }] },
    { set: { plan: 'pro' } },
  ],
  [
    { ...draft, stage: 'customer', addScore: '-5' },
    { stage: 'customer', addScore: -5 },
  ],
  [
    { ...draft, tags: 'demo, vip, vip' },
    { addTags: ['vip'], removeTags: ['a, b'] },
  ],
])('a change is sent as it is meant', (typed, patch) => {
  expect(patchOf(ada, typed)).toEqual(patch);
});

test('what cannot be meant is told at its field', () => {
  const row = { name: 'age', kind: 'number' as const, text: 'many' };
  expect(faultOf(row, [row])).toContain('no number');
  const twice = { name: 'plan', kind: 'text' as const, text: '', isNew: true };
  expect(faultOf(twice, [twice, twice])).toContain('already');
  expect(faultOf({ ...twice, name: '<b>' }, [])).toContain('letters');
  expect(faultOf({ ...row, kind: 'json', text: '{' }, [row])).toContain('JSON');
  expect(faultOf(twice, [twice])).toBeUndefined();
});
