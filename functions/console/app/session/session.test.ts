import { expect, test } from 'vitest';
import { may } from './me.ts';
import { readToken } from './token.ts';

test('a token is taken as it was copied, with blanks around it or the word before it', () => {
  expect(readToken('  wl_abc\n')).toEqual({ token: 'wl_abc' });
  expect(readToken('Bearer wl_abc')).toEqual({ token: 'wl_abc' });
});

test.each([
  ['nothing', '  ', 'empty'],
  ['two words', 'admin token', 'wrongForm'],
  ['letters that no header holds', 'tökén', 'wrongForm'],
  ['a whole page', 'x'.repeat(513), 'wrongForm'],
])('refuses %s', (_, typed, fault) => {
  expect(readToken(typed)).toEqual({ fault });
});

test('a role may do what those below it may, and nothing above', () => {
  expect([may({ role: 'publisher' }, 'author'), may({ role: 'publisher' }, 'admin')]).toEqual([true, false]);
  expect(may({ role: 'viewer' }, 'viewer')).toBe(true);
});
