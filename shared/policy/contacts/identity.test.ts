import { describe, expect, test } from 'vitest';
import {
  byStrength,
  type Identity,
  mayAdopt,
  normaliseEmail,
  normalisePhone,
  publicLinks,
  refuseId,
} from './identity.ts';

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
    ...[
      '"null"',
      "'undefined'",
      'null\u200b',
      '{{user.id}}',
      '\u0024{userId}',
      '%USER_ID%',
      '__null__',
      '<null>',
    ],
    ...[
      'object Object',
      'undefined undefined',
      'unknown_user',
      'Infinity',
      'test',
      '“null”',
      '<%= id %>',
      '{}',
    ],
    ...['na', 'NA', 'n/a', '#N/A', '#REF!', 'undefined,undefined', 'null, null', 'nobody', 'Anon', 'anon'],
  ])('refuses %j, which names nobody', (id) => {
    expect(refuseId(id)).toBe('illegal-id');
  });
  test('refuses empty and over-long ids', () => {
    expect([refuseId(''), refuseId('  '), refuseId('x'.repeat(257)), refuseId('鬱'.repeat(86))]).toEqual([
      ...['empty-id', 'empty-id', 'id-too-long', 'id-too-long'],
    ]);
  });
  test.each([
    'u-1',
    '42',
    '0042',
    'ada@example.com',
    '__proto__',
    'user null',
    '1',
    'test-7',
    'none@none.com',
    'anon-7',
    'nadia',
    'a,b',
  ])('takes %j', (id) => {
    expect(refuseId(id)).toBeUndefined();
  });
});

const identity = (kind: Identity['kind'], value: string = kind): Identity => ({ kind, value });

test('the strongest identity comes first, each once', () => {
  const given = [identity('anonymousId'), identity('email'), identity('userId'), identity('email')];
  expect(byStrength(given).map(({ kind }) => kind)).toEqual(['userId', 'email', 'anonymousId']);
});

describe('a row of an import', () => {
  const given = [identity('userId', 'u-2'), identity('phone', '+1')];
  test.each([
    ['goes to whom a weaker identity finds', ['phone', 'email'], true],
    ['stays apart from whom has another one of a stronger kind', ['phone', 'userId'], false],
  ] as const)('%s', (_, has, may) => {
    expect(mayAdopt(identity('phone', '+1'), given, new Set(has))).toBe(may);
  });
});

describe('a post with a public key', () => {
  const kinds = (found: Identity['kind'], free: Identity['kind'][], has: Identity['kind'][]) => {
    const given = free.map((kind) => identity(kind));
    return publicLinks(identity(found), given, new Set(has))?.map(({ kind }) => kind);
  };
  test('tells all of a visitor', () => {
    const all = ['userId', 'email', 'phone'] as const;
    expect(kinds('anonymousId', [...all], ['anonymousId'])).toEqual([...all]);
  });
  test.each([
    ['a shared browser', 'anonymousId', 'userId', ['anonymousId', 'email']],
    ['a shared browser', 'anonymousId', 'email', ['anonymousId', 'phone']],
    ['a switchboard', 'phone', 'email', ['phone']],
    ['a switchboard', 'phone', 'userId', ['phone']],
    ['an address that has another user', 'email', 'userId', ['email', 'userId']],
  ] as const)("is nobody's whom %s finds", (_, found, free, has) => {
    expect(kinds(found, [free], [...has])).toBeUndefined();
  });
  test('brings a user id to an address, and no phone', () => {
    expect(kinds('email', ['userId', 'phone', 'anonymousId'], ['email'])).toEqual(['userId', 'anonymousId']);
  });
  test('brings the first address of a kind to its user, and no second one', () => {
    expect(kinds('userId', ['email', 'phone'], ['userId', 'email'])).toEqual(['phone']);
  });
});
