import { describe, expect, test } from 'vitest';
import { Refusal } from '#kernel/errors';
import { aRequest } from '#test/builders/http-request';
import { toGateway } from './answer.ts';
import { basicUser } from './authorize.ts';
import { allowOrigin } from './cors.ts';
import { etag, requireMatch } from './etag.ts';
import { describeError, problemOf } from './problem.ts';

const withHeader = (name: string, value: string) => aRequest({ headers: { [name]: value } });

describe('If-Match', () => {
  test.each([['"3"'], ['*'], ['"1", "3"']])('%s matches revision 3', (header) => {
    expect(() => requireMatch(withHeader('If-Match', header), etag(3))).not.toThrow();
  });
  test.each([['"2"'], ['3'], ['W/"3"']])('refuses %s for revision 3, and tells the tag', (header) => {
    const refused = expect(() => requireMatch(withHeader('if-match', header), etag(3)));
    refused.toThrow(expect.objectContaining({ status: 412, headers: { etag: '"3"' } }));
  });
  test('refuses any where nothing exists', () => {
    expect(() => requireMatch(withHeader('if-match', '*'), undefined)).toThrow(Refusal);
  });
  test('without it there is nothing to guard', () => {
    expect(() => requireMatch(aRequest(), etag(3))).not.toThrow();
  });
});

describe('origins', () => {
  const allowed = ['https://www.acme.example'];
  const api = 'https://api.acme.example/prod';
  const here = 'http://127.0.0.1:4747';
  test('the very origin is let in, and may read the answer', () => {
    const request = withHeader('Origin', 'https://www.acme.example');
    allowOrigin(request, allowed, api);
    expect(request.answerHeaders).toEqual({
      vary: 'origin',
      'access-control-allow-origin': 'https://www.acme.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'retry-after',
    });
  });
  test.each(['http://localhost:3000', 'http://127.0.0.1:8080', 'https://localhost', 'http://[::1]:3000'])(
    'where our own address is this machine, its page %s is let in',
    (origin) => {
      expect(() => allowOrigin(withHeader('origin', origin), allowed, here)).not.toThrow();
      expect(() => allowOrigin(withHeader('origin', origin), allowed, api)).toThrow(Refusal);
    },
  );
  test('elsewhere a page of this machine that is listed is let in, and no other of this machine', () => {
    const listed = ['http://localhost:3000'];
    expect(() => allowOrigin(withHeader('origin', 'http://localhost:3000'), listed, api)).not.toThrow();
    for (const origin of ['http://localhost:9999', 'http://127.0.0.1:3000', 'https://localhost:3000'])
      expect(() => allowOrigin(withHeader('origin', origin), listed, api)).toThrow(Refusal);
  });
  test('our own pages are let in', () => {
    expect(() => allowOrigin(withHeader('origin', 'https://api.acme.example'), [], api)).not.toThrow();
  });
  test.each(['http://localhost.evil.example', 'http://127.0.0.1.evil.example', 'http://evil.example:3000'])(
    'refuses %s there too',
    (origin) => {
      expect(() => allowOrigin(withHeader('origin', origin), [], here)).toThrow(Refusal);
    },
  );
  test.each([
    'https://acme.example',
    'http://www.acme.example',
    'https://www.acme.example.evil.example',
    'null',
    'https://www.acme.example:8443',
  ])('refuses %s', (origin) => {
    const request = withHeader('origin', origin);
    expect(() => allowOrigin(request, allowed, api)).toThrow(
      expect.objectContaining({ status: 403, code: 'foreign-origin' }),
    );
    expect(request.answerHeaders).not.toHaveProperty('access-control-allow-origin');
  });
  test('an origin that was listed with a slash is let in, and no other', () => {
    const listed = ['https://www.acme.example/'];
    expect(() => allowOrigin(withHeader('origin', 'https://www.acme.example'), listed, api)).not.toThrow();
    expect(() => allowOrigin(withHeader('origin', 'https://www.acme.exampl'), listed, api)).toThrow(Refusal);
  });
  test('nobody is let in by an empty list', () => {
    expect(() => allowOrigin(withHeader('origin', 'https://www.acme.example'), [], api)).toThrow(Refusal);
  });
});

test('problems tell what a refusal says, and nothing of other errors', () => {
  const refusal = new Refusal(422, 'invalid-fields', 'Look again.', {
    issues: [{ code: 'missing-field', severity: 'error', path: '/email', message: 'needed' }],
  });
  expect(JSON.parse(problemOf(refusal, 'r1').body as string)).toEqual({
    type: 'urn:problem:wayleaf:invalid-fields',
    title: 'Invalid fields',
    status: 422,
    code: 'invalid-fields',
    detail: 'Look again.',
    issues: [{ code: 'missing-field', severity: 'error', path: '/email', message: 'needed' }],
  });
  const hidden = problemOf(new Error('ada@example.com is not in table x'), 'r1');
  expect(hidden.status).toBe(500);
  expect(hidden.body).not.toMatch(/ada|table/);
});

test('a log of an unexpected error tells where, not what was sent', () => {
  const described = describeError(new TypeError('no such thing as ada@example.com'));
  expect(described.error).toBe('TypeError');
  expect(JSON.stringify(described)).not.toContain('ada');
  expect(described.at).not.toEqual([]);
});

test.each([
  ['Basic d2tfYWNtZTo=', 'wk_acme'],
  ['basic d2tfYWNtZTo=', 'wk_acme'],
  ['Bearer d2tfYWNtZTo=', undefined],
  ['Basic', undefined],
])('%j names the user %j', (authorization, user) => {
  expect(basicUser(withHeader('authorization', authorization))).toBe(user);
});

test('bytes go out as base64, text as it is, and nothing is cached unless said', () => {
  expect(toGateway({ status: 200, body: Uint8Array.of(1, 2) })).toMatchObject({
    body: 'AQI=',
    isBase64Encoded: true,
  });
  expect(toGateway({ status: 200, body: 'ü' }, { vary: 'origin' })).toEqual({
    statusCode: 200,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', vary: 'origin' },
    body: 'ü',
  });
});
