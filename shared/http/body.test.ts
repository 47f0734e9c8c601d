import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Refusal } from '#kernel/errors';
import { aRequest } from '#test/builders/http-request';
import { jsonBody, jsonBodyOf } from './body.ts';
import { formBody } from './form-body.ts';

const json = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  aRequest({ headers: { 'content-type': 'application/json', ...headers }, body });

const refusal = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return `${error.status} ${error.code}`;
    throw error;
  }
  return 'accepted';
};

describe('JSON bodies', () => {
  test.each<[string, string | Uint8Array, Record<string, string>, string]>([
    ['nothing', '', {}, '400 no-body'],
    ['white space', '  \n', {}, '400 no-body'],
    ['half of a document', '{"a":', {}, '400 not-json'],
    ['a name twice', '{"a":1,"a":2}', {}, '400 duplicate-key'],
    ['a name of prototypes', '{"__proto__":{"admin":true}}', {}, '400 forbidden-key'],
    ['33 levels', '['.repeat(33) + ']'.repeat(33), {}, '400 too-deep'],
    ['100,000 levels', '['.repeat(100_000), {}, '400 too-deep'],
    ['half a character', '{"a":"\\ud800"}', {}, '400 lone-surrogate'],
    ['a number beyond all bounds', '{"a":1e999}', {}, '400 number-too-large'],
    ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), {}, '400 not-utf8'],
    [
      'another charset',
      '{}',
      { 'content-type': 'application/json; charset=latin1' },
      '415 unsupported-charset',
    ],
    ['over 256 KB', `"${'x'.repeat(256 * 1024)}"`, {}, '413 body-too-large'],
    ['a gzip bomb', gzipSync('0'.repeat(20_000_000)), { 'content-encoding': 'gzip' }, '413 body-too-large'],
    ['gzip that is none', '{}', { 'content-encoding': 'gzip' }, '400 malformed-gzip'],
    ['an encoding nobody knows', '{}', { 'content-encoding': 'zip' }, '415 unsupported-encoding'],
  ])('refuses %s', async (_, body, headers, expected) => {
    expect(await refusal(() => jsonBody(json(body, headers)))).toBe(expected);
  });

  test('reads gzip and base64', () => {
    const packed = json(gzipSync('{"name":"Grüße"}'), { 'content-encoding': 'gzip' });
    expect(jsonBody(packed)).toEqual({ name: 'Grüße' });
  });

  test('says of a member that is not there that it is missing', () => {
    const schema = z.strictObject({ a: z.number(), b: z.unknown() });
    try {
      jsonBodyOf(json('{}'), schema);
      expect.unreachable();
    } catch (error) {
      expect((error as Refusal).issues.map(({ message }) => message)).toEqual(['is missing', 'is missing']);
    }
  });

  test('tells all issues of a wrong shape with their places', () => {
    const schema = z.strictObject({ a: z.number(), b: z.object({ 'c/d': z.string() }) });
    try {
      jsonBodyOf(json('{"a":"1","b":{"c/d":2}}'), schema);
      expect.unreachable();
    } catch (error) {
      expect((error as Refusal).status).toBe(422);
      expect((error as Refusal).issues.map(({ path }) => path)).toEqual(['/a', '/b/c~1d']);
    }
  });
});

describe('forms', () => {
  const form = async (type: string, body: string | Uint8Array) => [
    ...(await formBody(aRequest({ headers: { 'content-type': type }, body }))),
  ];
  const urlencoded = 'application/x-www-form-urlencoded';
  const part = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

  test('reads urlencoded, with names sent twice', async () => {
    expect(await form(urlencoded, 'a=1+2&b=%C3%BC&a=3')).toEqual([
      ['a', ['1 2', '3']],
      ['b', ['ü']],
    ]);
  });

  test('reads multipart', async () => {
    const body = `${part('email', 'ada@example.com')}${part('note', 'Grüße')}--b--\r\n`;
    expect(await form('multipart/form-data; boundary=b', body)).toEqual([
      ['email', ['ada@example.com']],
      ['note', ['Grüße']],
    ]);
  });

  test('reads JSON, also as text/plain, which a page may send without asking first', async () => {
    expect(await form('text/plain;charset=UTF-8', '{"a":1}')).toEqual([['a', [1]]]);
  });

  test.each<[string, string, string | Uint8Array, string]>([
    ['nothing', urlencoded, '', '400 no-body'],
    ['no content type', '', 'a=1', '415 unsupported-media-type'],
    ['XML', 'text/xml', '<a/>', '415 unsupported-media-type'],
    ['a list as JSON', 'application/json', '[1]', '422 invalid-body'],
    ['urlencoded bytes of another charset', urlencoded, 'name=J%FCrgen', '400 not-utf8'],
    ['multipart without boundary', 'multipart/form-data', 'x', '400 malformed-multipart'],
    ['multipart that is cut', 'multipart/form-data; boundary=b', part('a', '1'), '400 malformed-multipart'],
    ['over 64 KB', urlencoded, `a=${'x'.repeat(65 * 1024)}`, '413 body-too-large'],
    [
      'over 500 fields',
      urlencoded,
      Array.from({ length: 501 }, (_, i) => `f${i}=1`).join('&'),
      '413 too-many-fields',
    ],
    [
      'a multipart bomb of tiny parts',
      'multipart/form-data; boundary=b',
      `${part('a', '').repeat(900)}--b--\r\n`,
      '413 too-many-fields',
    ],
  ])('refuses %s', async (_, type, body, expected) => {
    expect(await refusal(() => form(type, body))).toBe(expected);
  });

  test('names of prototypes are names like others', async () => {
    expect(await form(urlencoded, '__proto__=1&constructor=2')).toEqual([
      ['__proto__', ['1']],
      ['constructor', ['2']],
    ]);
  });
});
