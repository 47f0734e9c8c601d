import { expect, test } from 'vitest';
import { askFor, nameOf, someTags } from './contact.ts';

test.each([
  [{ firstName: 'Ada', lastName: 'Lovelace', email: 'a@b.example' }, 'Ada Lovelace'],
  [{ lastName: 'Lovelace' }, 'Lovelace'],
  [{ email: 'a@b.example' }, 'a@b.example'],
  [{ phone: '+491511234' }, '+491511234'],
  [{ firstName: ['x'] }, '["x"]'],
  [{}, 'Unnamed'],
])('somebody with %j is called %s', (fields, name) => {
  expect(nameOf({ fields })).toBe(name);
});

test.each([
  [' Ada+x@Example.org ', { path: '/v1/contacts?email=Ada%2Bx%40Example.org' }],
  ['+49 151 123', { path: '/v1/contacts?phone=%2B49%20151%20123' }],
  ['01jx0000000000000000', { path: '/v1/contacts/01jx0000000000000000' }],
  ['user/7&x', { path: '/v1/contacts?userId=user%2F7%26x' }],
  ['0151 1234567', { fault: expect.stringContaining('begins with +') }],
  ['  ', undefined],
])('%j is asked for by its kind', (typed, asked) => {
  expect(askFor(typed)).toEqual(asked);
});

test('of many tags a few are shown, and how many more there are', () => {
  expect(someTags(['a', 'b', 'c', 'd', 'e'])).toEqual({ shown: ['a', 'b', 'c'], more: 2 });
  expect(someTags(['a'])).toEqual({ shown: ['a'], more: 0 });
});
