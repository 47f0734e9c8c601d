import { expect, test } from 'vitest';
import { languagesOf } from './languages.ts';

const asked = (header?: string) =>
  languagesOf({ headers: header === undefined ? {} : { 'accept-language': header } });

test('the languages of a browser come in the order of its weights', () => {
  expect(asked('en;q=0.5, de-CH, fr;q=0.9, *;q=0.1, it;q=0')).toEqual(['de-CH', 'fr', 'en']);
});

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['an anything', '*'],
  ['markup', '<script>, "de'],
  ['weights that are none', 'de;q=x, fr;q=2, en;q=-1'],
])('refuses to read languages out of %s', (_, header) => expect(asked(header)).toEqual([]));

test('reads no more than a browser would write', () => {
  expect(asked('de,'.repeat(100_000))).toHaveLength(20);
});
