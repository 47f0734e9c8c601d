import { expect, test } from 'vitest';
import { isWithin } from './is-within.ts';

test.each([
  ['/journeys', '/journeys', true],
  ['/journeys/hello/edit', '/journeys', true],
  ['/journeys-old', '/journeys', false],
  ['/journeys', '/', false],
  ['/', '/', true],
])('%s within %s: %s', (path, page, expected) => {
  expect(isWithin(path, page)).toBe(expected);
});
