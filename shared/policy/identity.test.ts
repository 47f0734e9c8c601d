import { describe, expect, test } from 'vitest';
import { byStrength, type Identity, mayAdopt, normaliseEmail, normalisePhone, refuseId } from './identity.ts';

describe('e-mail addresses', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada.Lovelace+demo@Example.COM ', 'ada.lovelace+demo@example.com'],
    ['info@example.com', 'info@example.com'],
    ["o'brien@example.ie", "o'brien@example.ie"],
    ['grüße@müller.example', 'grüße@xn--mller-kva.example'],
    ['ada@sub.example.co.uk', 'ada@sub.example.co.uk'],
  ])('reads %j', (text, email) => {
    expect(normaliseEmail(text)).toBe(email);
  });

  test.each([
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'ada@-example.com',
    'ada@exa mple.com',
    'ada@example.com,bob@example.com',
    'ada@example.com\r\nBcc: all@example.com',
    'Ada <ada@example.com>',
    '.ada@example.com',
    'ada.@example.com',
    'a..da@example.com',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a'.repeat(64)}.com`,
    '',
  ])('refuses %j', (text) => {
    expect(normaliseEmail(text)).toBeUndefined();
  });
});

describe('phone numbers', () => {
  test.each([
    ['+49 (151) 123-456 78', undefined, '+4915112345678'],
    ['0151 12345678', 'DE', '+4915112345678'],
    ['0049 151 12345678', 'DE', '+4915112345678'],
    ['(202) 555-0123', 'US', '+12025550123'],
  ])('reads %j of %s', (text, country, phone) => {
    expect(normalisePhone(text, country)).toBe(phone);
  });

  test.each([
    ['0151 12345678', undefined],
    ['call me', 'DE'],
    ['+49 1', undefined],
    ['1'.repeat(100), 'US'],
    ['', 'DE'],
  ])('refuses %j of %s', (text, country) => {
    expect(normalisePhone(text, country)).toBeUndefined();
  });
});

describe('ids', () => {
  test.each([
    'null',
    'undefined',
    '0',
    'NULL',
    ' None ',
    'anonymous',
    '[object Object]',
    '(not set)',
    '0000-0000-0000',
    '---',
    'a\nb',
    '\ud800',
  ])('refuses %j, which names nobody', (id) => {
    expect(refuseId(id)).toBe('illegal-id');
  });
  test('refuses empty and over-long ids', () => {
    expect([refuseId(''), refuseId('  '), refuseId('x'.repeat(257))]).toEqual([
      'empty-id',
      'empty-id',
      'id-too-long',
    ]);
  });
  test.each(['u-1', '42', '0042', 'ada@example.com', '__proto__', 'user null'])('takes %j', (id) => {
    expect(refuseId(id)).toBeUndefined();
  });
});

const identity = (kind: Identity['kind'], value: string = kind): Identity => ({ kind, value });

test('the strongest identity comes first, each once', () => {
  const given = [identity('anonymousId'), identity('email'), identity('userId'), identity('email')];
  expect(byStrength(given).map(({ kind }) => kind)).toEqual(['userId', 'email', 'anonymousId']);
});

describe('a contact found by a weaker identity', () => {
  const given = [identity('userId', 'u-2'), identity('anonymousId', 'browser')];
  test('is adopted when it has none of the stronger kind yet', () => {
    expect(mayAdopt(identity('anonymousId', 'browser'), given, new Set(['anonymousId', 'email']))).toBe(true);
  });
  test('stays apart when it has another one: a shared browser joins nobody', () => {
    expect(mayAdopt(identity('anonymousId', 'browser'), given, new Set(['anonymousId', 'userId']))).toBe(
      false,
    );
  });
  test('may have several of the same kind', () => {
    const emails = [identity('email', 'a@b.example'), identity('email', 'c@d.example')];
    expect(mayAdopt(identity('email', 'c@d.example'), emails, new Set(['email']))).toBe(true);
  });
});
