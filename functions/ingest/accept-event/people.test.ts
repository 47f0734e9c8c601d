import { expect, test } from 'vitest';
import type { Identity } from '#policy/contacts/identity';
import { byPerson } from './people.ts';

const of = (name: string, ...ids: string[]) => ({
  name,
  identities: ids.map((id): Identity => ({ kind: id.startsWith('u') ? 'userId' : 'anonymousId', value: id })),
});
const grouped = (...events: ReturnType<typeof of>[]) =>
  byPerson(events).map((person) => person.map(({ name }) => name).join(' '));

test('strangers stand side by side', () => {
  expect(grouped(of('1', 'u1'), of('2', 'u2'), of('3', 'u1'))).toEqual(['1 3', '2']);
});

test('a visitor who says a name stays in order', () => {
  expect(grouped(of('1', 'a1'), of('2', 'u1', 'a1'), of('3', 'u1'), of('4', 'a1'))).toEqual(['1 2 3 4']);
});

test('two who turn out to be one are joined in the order of the batch', () => {
  expect(grouped(of('1', 'a1'), of('2', 'a2'), of('3', 'a1'), of('4', 'a2', 'a1'), of('5', 'a2'))).toEqual([
    '1 2 3 4 5',
  ]);
});

test('a crowd in one batch is one', () => {
  const crowd = Array.from({ length: 2500 }, (_, i) => of(String(i), `u${i}`, `a${i + 1}`, `a${i}`));
  expect(byPerson(crowd)).toEqual([crowd]);
});
