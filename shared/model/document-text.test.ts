import { expect, test } from 'vitest';
import { webAddress } from './document-text.ts';

test('an address of the web is taken as it stands', () => {
  expect(webAddress.parse('https://www.acme.example/thanks?a=1#b')).toBe(
    'https://www.acme.example/thanks?a=1#b',
  );
});

test.each([
  ['javascript:alert(1)'],
  ['http://www.acme.example/'],
  ['www.acme.example'],
  ['https://www.acme.example/\r\nSet-Cookie: a=b'],
  ['https://www.acme.example/\tthanks'],
  ['https://www.acme.example/thank you'],
])('refuses %j as an address of the web', (text) => {
  expect(webAddress.safeParse(text).success).toBe(false);
});
