import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openImportDesk } from '#test/builders/import-desk';

const { ask, insist, next, stillWorks } = openImportDesk();

const utf16 = (text: string, mark: boolean): Uint8Array =>
  Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
const swapped = (bytes: Uint8Array): Uint8Array => Buffer.from(bytes).swap16();
const multipart = (name: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; name="file"${name}\r\nContent-Type: text/csv\r\n\r\n${content}\r\n--b--\r\n`;

describe('refuses a whole file, says why, and takes the next one', () => {
  test.each<[string, string, string | Uint8Array, Record<string, string>, number, string]>([
    ['nothing', '', '', {}, 400, 'no-body'],
    ['blank lines only', '', '\r\n\r\n , ,\r\n', {}, 422, 'no-header'],
    ['no column that says who it is', '', 'firstName,plan\nAda,pro\n', {}, 422, 'invalid-header'],
    ['no header at all', '', 'ada@example.com,Ada\nbob@example.com,Bob\n', {}, 422, 'invalid-header'],
    [
      'one field in two columns',
      '',
      'email,E-Mail\na@example.com,b@example.com\n',
      {},
      422,
      'invalid-header',
    ],
    ['a column of prototypes', '', 'email,__proto__\na@example.com,1\n', {}, 422, 'invalid-header'],
    ['a column of the constructor', '', 'email,constructor\na@example.com,1\n', {}, 422, 'invalid-header'],
    ['a column in marks only', '', 'email,???\na@example.com,1\n', {}, 422, 'invalid-header'],
    [
      '501 columns',
      '',
      `email,${Array.from({ length: 500 }, (_, i) => `c${i}`).join(',')}\n`,
      {},
      422,
      'too-many-columns',
    ],
    [
      'a quote that never ends',
      '',
      'email,firstName\na@example.com,"Ada\nb@example.com,Bob\n',
      {},
      422,
      'quote-not-closed',
    ],
    [
      'a quote that swallows 200 KB',
      '',
      `email,x\na@example.com,"${'y\n'.repeat(100_000)}`,
      {},
      422,
      'row-too-long',
    ],
    ['a workbook', '', Buffer.from('504b0304140006000800', 'hex'), {}, 415, 'not-csv'],
    ['an old workbook', '', Buffer.from('d0cf11e0a1b11ae1', 'hex'), {}, 415, 'not-csv'],
    ['zero bytes', '', 'email\na\u0000b@example.com\n', {}, 400, 'not-text'],
    [
      'bytes that are not the charset it names',
      '',
      Uint8Array.of(0x65, 0xff, 0xfe, 0x0a),
      { 'content-type': 'text/csv; charset=utf-8' },
      400,
      'wrong-encoding',
    ],
    [
      'a charset that nobody reads',
      '',
      'email\n',
      { 'content-type': 'text/csv; charset=ebcdic' },
      415,
      'unsupported-charset',
    ],
    [
      'JSON',
      '',
      '{"email":"a@example.com"}',
      { 'content-type': 'application/json' },
      415,
      'unsupported-media-type',
    ],
    [
      'a form post',
      '',
      'email=a%40example.com',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-media-type',
    ],
    ['over 4 MB', '', `email\n${'a'.repeat(4 * 1024 * 1024)}`, {}, 413, 'body-too-large'],
    [
      'a gzip bomb',
      '',
      gzipSync(Buffer.alloc(64 * 1024 * 1024)),
      { 'content-encoding': 'gzip' },
      413,
      'body-too-large',
    ],
    ['gzip that is none', '', 'email\n', { 'content-encoding': 'gzip' }, 400, 'malformed-gzip'],
    [
      'a form without a file',
      '',
      multipart('', 'email\n').replace('Content-Type: text/csv\r\n', ''),
      { 'content-type': 'multipart/form-data; boundary=b' },
      422,
      'no-file',
    ],
    [
      'multipart that is none',
      '',
      'email\n',
      { 'content-type': 'multipart/form-data; boundary=b' },
      400,
      'malformed-multipart',
    ],
    ['an unknown separator', '?separator=colon', 'email\n', {}, 400, 'invalid-query'],
    ['an unknown encoding', '?encoding=klingon', 'email\n', {}, 400, 'invalid-query'],
    ['an unknown order of dates', '?dates=YDM', 'email\n', {}, 400, 'invalid-query'],
    ['a map without a mark', '?map=email', 'email\n', {}, 400, 'invalid-query'],
    [
      'a map of a column that is not there',
      '?map=Mail%3Demail',
      'email\na@example.com\n',
      {},
      422,
      'invalid-header',
    ],
    ['a tag of 101 characters', `?tag=${'x'.repeat(101)}`, 'email\n', {}, 400, 'invalid-query'],
    ['1,001 parts', '?parts=1001', '', {}, 400, 'invalid-query'],
    [
      'an Idempotency-Key of 256 characters',
      '',
      'email\n',
      { 'idempotency-key': 'x'.repeat(256) },
      400,
      'invalid-idempotency-key',
    ],
    ['no token', '', 'email\na@example.com\n', { authorization: '' }, 401, 'unauthorized'],
    [
      'a write key as token',
      '',
      'email\na@example.com\n',
      { authorization: 'Bearer wk_acme' },
      401,
      'unauthorized',
    ],
  ])('refuses %s', async (_, query, body, headers, status, code) => {
    const answer = await ask(`/v1/contacts/import${query}`, body, headers);
    expect([answer.status, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/ at .*\.ts/);
    await stillWorks();
  });

  test('says all that is wrong with a header at once, and what to do', async () => {
    const answer = await ask('/v1/contacts/import', 'name,???,name\nAda,1,2\n');
    expect(answer.json<{ issues: { code: string }[] }>().issues.map(({ code }) => code)).toEqual([
      ...['invalid-column', 'duplicate-column', 'no-identity-column'],
    ]);
  });
});

describe('a file is read as it was written', () => {
  const text = (separator: string) =>
    [
      ['email', 'firstName'],
      ['x@example.com', '"Zoë, ""Z"" | ;"'],
    ]
      .map((cells) => cells.join(separator))
      .join('\r\n');
  test.each<[string, (text: string) => string | Uint8Array, string]>([
    ['UTF-8', (t) => t, ','],
    ['UTF-8 with its mark', (t) => `\uFEFF${t}`, ','],
    ['UTF-16 with its mark', (t) => utf16(t, true), '\t'],
    ['UTF-16 without', (t) => utf16(t, false), ';'],
    ['UTF-16 of the other order', (t) => swapped(utf16(t, true)), ','],
    ['Windows-1252', (t) => Buffer.from(t, 'latin1'), ';'],
    ['gzip', (t) => gzipSync(t), ','],
    ['pipes', (t) => t, '|'],
    ['a first line of "sep="', (t) => `sep=;\r\n${t}`, ';'],
    ['line feeds', (t) => t.replaceAll('\r\n', '\n'), ','],
    ['carriage returns', (t) => t.replaceAll('\r\n', '\r'), ','],
    ['blank lines before and after', (t) => `\r\n\r\n${t}\r\n\r\n`, ','],
  ])('%s', async (name, write, separator) => {
    const email = `enc${next()}@example.com`;
    const body = write(text(separator).replace('x@example.com', email));
    const answer = await ask(
      '/v1/contacts/import',
      body,
      name === 'gzip' ? { 'content-encoding': 'gzip' } : {},
    );
    expect([answer.status, answer.json<{ created: number }>().created]).toEqual([202, 1]);
    const { fields } = await insist<{ fields: object }>('GET', `/v1/contacts?email=${email}`);
    expect(fields).toEqual({ email, firstName: 'Zoë, "Z" | ;' });
  });

  test('a file of a form, as browsers and curl send it', async () => {
    const body = multipart('; filename="people.csv"', 'email\nmultipart@example.com');
    const answer = await ask('/v1/contacts/import', body, {
      'content-type': 'multipart/form-data; boundary=b',
    });
    expect(answer.json<{ created: number }>().created).toBe(1);
  });

  test('headings are mapped, days and numbers read in the order that is said', async () => {
    const answer = await ask(
      '/v1/contacts/import?map=Adresse%3Demail&map=Geboren%3Dborn&map=Mitarbeiter%3DcompanySize&map=Notiz%3D&dates=MDY&decimal=,',
      'Adresse;Geboren;Mitarbeiter;Notiz\nmapped@example.com;3/1/1990;1.250,5;secret\n',
    );
    expect(answer.json<{ created: number }>().created).toBe(1);
    const { fields } = await insist<{ fields: object }>('GET', '/v1/contacts?email=mapped@example.com');
    expect(fields).toEqual({ email: 'mapped@example.com', born: '1990-03-01', companySize: 1250.5 });
  });
});

test.each([
  ['an unknown import', 'GET', '/v1/imports/nothing', 404, 'unknown-import'],
  ['results of an unknown import', 'GET', '/v1/imports/nothing/result', 404, 'unknown-import'],
  ['a part of an unknown import', 'PUT', '/v1/imports/nothing/parts/1', 404, 'unknown-import'],
])('refuses %s, and takes the next one', async (_, method, path, status, code) => {
  const answer = await ask(path, 'email\n', { method });
  expect([answer.status, answer.json<{ code: string }>().code]).toEqual([status, code]);
  await stillWorks();
});

test('refuses parts beyond those that were told, and parts with another header', async () => {
  const { id } = (await ask('/v1/contacts/import?parts=2', '')).json<{ id: string }>();
  const put = async (number: string, body: string) =>
    (await ask(`/v1/imports/${id}/parts/${number}`, body, { method: 'PUT' })).json<{ code: string }>().code;
  expect(await put('3', 'email\n')).toBe('unknown-part');
  expect(await put('one', 'email\n')).toBe('unknown-part');
  await put('1', 'email\na@example.com\n');
  expect(await put('2', 'email,firstName\nb@example.com,B\n')).toBe('other-header');
  expect(await put('1', 'email\nother@example.com\n')).toBe('other-part');
});
