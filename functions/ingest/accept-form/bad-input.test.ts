import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FormSource } from '#model/form';
import { type Call, demoForm, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import type { GivenRequest } from '#test/builders/http-request';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

/** Every class of bad input for forms: its exact answer, no trace in the store, and the next one is taken. */
let door: FrontDoor;
let open: Call;
const origin = 'https://www.acme.example';
beforeEach(async () => {
  const fields: FormSource['fields'] = {
    ...demoForm.fields,
    size: { type: 'choice', options: ['small', 'large'] },
    from: { type: 'date' },
    customer: { type: 'boolean' },
  };
  door = await openFrontDoor({
    demo: { ...demoForm, fields },
    strict: { ...demoForm, originRequired: true },
    slow: { ...demoForm, minimumSeconds: 3 },
  });
  open = door.open({ record, createHandler });
});
afterEach(() => door.close());

const send = ({ form = 'demo', ...asked }: GivenRequest & { form?: string }) =>
  open({ route: 'POST /v1/forms/{form}', path: `/v1/forms/${form}`, parameters: { form }, ...asked });
type Given = Parameters<typeof send>[0];

const raw = (type: string, body: string | Uint8Array, headers: Record<string, string> = {}): Given => ({
  headers: { 'content-type': type, ...headers },
  body,
});
const json = (value: unknown, more: Given = {}): Given => ({
  ...more,
  headers: { 'content-type': 'application/json', ...more.headers },
  body: JSON.stringify(value),
});
const text = (body: string): Given => raw('application/json', body);
const urlencoded = (body: string | Uint8Array): Given => raw('application/x-www-form-urlencoded', body);
const multipart = (body: string, boundary = 'b'): Given =>
  raw(`multipart/form-data; boundary=${boundary}`, body);
const part = (name: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const ada = { email: 'ada@example.com', consent: 'yes' };
const good = () => send(json(ada));

/** `field code` of each issue, for answers that name fields. */
const refused: [string, Given, number, string, string[]?][] = [
  // the body
  ['no body', { headers: { 'content-type': 'application/json' } }, 400, 'no-body'],
  ['no body of a form', urlencoded(''), 400, 'no-body'],
  ['no content type', { body: 'email=a@example.com' }, 415, 'unsupported-media-type'],
  ['another content type', raw('text/xml', '<email/>'), 415, 'unsupported-media-type'],
  ['a JSON cut short', text('{"email":"ada@'), 400, 'not-json'],
  ['JSON that is a list', text('[{"email":"ada@example.com"}]'), 422, 'invalid-body'],
  ['JSON that is a text', text('"ada@example.com"'), 422, 'invalid-body'],
  ['JSON that is null', text('null'), 422, 'invalid-body'],
  ['a name twice', text('{"email":"a@example.com","email":"b@example.com"}'), 400, 'duplicate-key'],
  ['__proto__', text('{"email":"ada@example.com","__proto__":{"admin":true}}'), 400, 'forbidden-key'],
  ['constructor', text('{"email":"ada@example.com","constructor":{"x":1}}'), 400, 'forbidden-key'],
  ['depth', text(`{"email":${'['.repeat(33)}${']'.repeat(33)}}`), 400, 'too-deep'],
  ['a lone surrogate', text('{"email":"ada@example.com","firstName":"\\ud800"}'), 400, 'lone-surrogate'],
  ['over 64 KB', json({ ...ada, firstName: 'x'.repeat(65 * 1024) }), 413, 'body-too-large'],
  [
    'over 64 KB once unpacked',
    raw('application/json', gzipSync('0'.repeat(5_000_000)), { 'content-encoding': 'gzip' }),
    413,
    'body-too-large',
  ],
  ['gzip that is none', raw('application/json', '{}', { 'content-encoding': 'gzip' }), 400, 'malformed-gzip'],
  ['brotli', raw('application/json', '{}', { 'content-encoding': 'br' }), 415, 'unsupported-encoding'],
  [
    '501 fields',
    urlencoded(Array.from({ length: 501 }, (_, i) => `f${i}=1`).join('&')),
    413,
    'too-many-fields',
  ],
  // the charset
  ['latin1 by its name', raw('application/json; charset=latin1', '{}'), 415, 'unsupported-charset'],
  ['UTF-16', raw('application/json; charset=utf-16', '{}'), 415, 'unsupported-charset'],
  ['bytes that are no UTF-8', raw('application/json', Uint8Array.of(0x7b, 0xff, 0x7d)), 400, 'not-utf8'],
  ['latin1 in a form', urlencoded(`email=ada%40example.com&firstName=%E9`), 400, 'not-utf8'],
  // multipart
  [
    'multipart without boundary',
    raw('multipart/form-data', part('email', 'a@example.com')),
    400,
    'malformed-multipart',
  ],
  [
    'multipart of another boundary',
    multipart(part('email', 'a@example.com'), 'c'),
    400,
    'malformed-multipart',
  ],
  ['multipart without its end', multipart(part('email', 'a@example.com')), 400, 'malformed-multipart'],
  ['multipart of many parts', multipart(`${part('x', '1').repeat(600)}--b--\r\n`), 413, 'too-many-fields'],
  ['multipart over 64 KB', multipart(`${part('x', '1'.repeat(70_000))}--b--\r\n`), 413, 'body-too-large'],
  // who posts
  ['an unknown form', json(ada, { form: 'nothing' }), 404, 'unknown-form'],
  ['a form that is a path', json(ada, { form: '../client' }), 404, 'unknown-form'],
  ['a form of 300 letters', json(ada, { form: 'a'.repeat(300) }), 404, 'not-found'],
  ['a foreign origin', json(ada, { headers: { origin: 'https://evil.example' } }), 403, 'foreign-origin'],
  [
    'an origin that begins like ours',
    json(ada, { headers: { origin: `${origin}.evil.example` } }),
    403,
    'foreign-origin',
  ],
  [
    'our host without https',
    json(ada, { headers: { origin: 'http://www.acme.example' } }),
    403,
    'foreign-origin',
  ],
  ['the origin null', json(ada, { headers: { origin: 'null' } }), 403, 'foreign-origin'],
  ['no origin where one is due', json(ada, { form: 'strict' }), 403, 'origin-required'],
  ['a key of blanks', json(ada, { headers: { 'idempotency-key': 'a b' } }), 400, 'invalid-idempotency-key'],
  [
    'a key too long',
    json(ada, { headers: { 'idempotency-key': 'k'.repeat(201) } }),
    400,
    'invalid-idempotency-key',
  ],
  [
    'a timed form without time',
    json(ada, { form: 'slow' }),
    422,
    'invalid-fields',
    ['/_shownAt missing-shown-at'],
  ],
  // the fields
  ['no address', json({ firstName: 'Ada' }), 422, 'invalid-fields', ['/email missing-field']],
  ['a blank address', json({ email: '  ' }), 422, 'invalid-fields', ['/email missing-field']],
  [
    'an address twice',
    urlencoded('email=a%40x.example&email=b%40x.example'),
    422,
    'invalid-fields',
    ['/email repeated-field'],
  ],
  [
    'an address that is a list',
    json({ email: ['a@x.example'] }),
    422,
    'invalid-fields',
    ['/email wrong-type'],
  ],
  ['an address that is a number', json({ email: 7 }), 422, 'invalid-fields', ['/email wrong-type']],
  [
    'two addresses in one',
    json({ email: 'a@x.example,b@x.example' }),
    422,
    'invalid-fields',
    ['/email invalid-email'],
  ],
  [
    'an address of a network',
    json({ email: 'ada@[127.0.0.1]' }),
    422,
    'invalid-fields',
    ['/email invalid-email'],
  ],
  [
    'a header in the address',
    json({ email: 'ada@x.example\r\nBcc: all@x.example' }),
    422,
    'invalid-fields',
    ['/email control-character'],
  ],
  [
    'a header in a name',
    json({ ...ada, firstName: 'Ada\r\nBcc: all@x.example' }),
    422,
    'invalid-fields',
    ['/firstName control-character'],
  ],
  [
    'a zero byte',
    urlencoded('email=ada%40example.com&firstName=a%00b'),
    422,
    'invalid-fields',
    ['/firstName control-character'],
  ],
  [
    'a name over 2,000 letters',
    json({ ...ada, firstName: 'x'.repeat(2001) }),
    422,
    'invalid-fields',
    ['/firstName too-long'],
  ],
  [
    'a number in words',
    json({ ...ada, companySize: 'many' }),
    422,
    'invalid-fields',
    ['/companySize invalid-number'],
  ],
  [
    'a number beyond bounds',
    json({ ...ada, companySize: 2 ** 60 }),
    422,
    'invalid-fields',
    ['/companySize invalid-number'],
  ],
  [
    'a number that is a list',
    json({ ...ada, companySize: [50] }),
    422,
    'invalid-fields',
    ['/companySize wrong-type'],
  ],
  [
    'a choice that is none',
    json({ ...ada, size: 'medium' }),
    422,
    'invalid-fields',
    ['/size invalid-choice'],
  ],
  [
    'a day that never was',
    json({ ...ada, from: '2026-02-30' }),
    422,
    'invalid-fields',
    ['/from invalid-date'],
  ],
  ['a maybe', json({ ...ada, customer: 'perhaps' }), 422, 'invalid-fields', ['/customer invalid-boolean']],
  ['a phone of two digits', json({ ...ada, phone: '12' }), 422, 'invalid-fields', ['/phone invalid-phone']],
  [
    'a phone that is a number',
    json({ ...ada, phone: 4915112345678 }),
    422,
    'invalid-fields',
    ['/phone wrong-type'],
  ],
  [
    'several at once, in the order of the form',
    json({ email: 'ada@', companySize: 'many', size: 'x' }),
    422,
    'invalid-fields',
    ['/email invalid-email', '/companySize invalid-number', '/size invalid-choice'],
  ],
];

describe('refuses, and takes the next one', () => {
  test.each(refused)('%s', async (_, given, status, code, fields) => {
    const reply = await send(given);
    expect([reply.status, reply.json.code]).toEqual([status, code]);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    const issues = (reply.json.issues ?? []) as { path: string; code: string }[];
    expect(issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(fields ?? []);
    expect(await door.contactOf('ada@example.com')).toBeUndefined();
    expect((await good()).status).toBe(202);
    expect(await door.contactOf('ada@example.com')).toBeDefined();
    expect(door.logs.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

describe('takes as success, and keeps no lead of', () => {
  test.each<[string, Given]>([
    ['a filled honeypot', json({ ...ada, website: 'http://x' })],
    ['a honeypot filled twice', urlencoded('email=ada%40example.com&website=&website=x')],
    ['who is too quick', json({ ...ada, _shownAt: Date.UTC(2026, 2, 1, 9) - 500 }, { form: 'slow' })],
  ])('%s', async (_, given) => {
    const reply = await send(given);
    expect([reply.status, Object.keys(reply.json)]).toEqual([202, ['status', 'id']]);
    expect(await door.contactOf('ada@example.com')).toBeUndefined();
  });
});

describe('takes, and answers what it left out', () => {
  const kept = async (given: Given) => {
    const { status, json: answer } = await send(given);
    const [event] = await door.events((await door.contactOf('ada@example.com'))!.id);
    return { status, ignored: answer.ignored, traits: event?.traits, consent: event?.consent };
  };

  test('unknown fields', async () => {
    const given = { ...ada, admin: true, stage: 'customer', score: 99, 'a.b': 1 };
    expect(await kept(json(given))).toMatchObject({
      ...{ status: 202, ignored: ['admin', 'stage', 'score', 'a.b'] },
      traits: { email: 'ada@example.com' },
    });
  });

  test.each([
    ['another case', 'YES'],
    ['another word', 'true'],
    ['a boolean', true],
    ['a list', ['yes']],
    ['blanks around', ' yes '],
  ])('consent in %s: no consent', async (_, consent) => {
    expect(await kept(json({ ...ada, consent }))).toMatchObject({ status: 202, consent: undefined });
  });

  test.each(['info@example.com', 'Ada+tag@Example.COM', 'ada@bücher.example'])(
    'a role, tagged or umlaut address: %s',
    async (email) => {
      expect((await send(json({ email }))).status).toBe(202);
      expect(await door.contactOf(email)).toBeDefined();
    },
  );

  test.each(['+49 (0)151 1234-5678', '0151/12345678', '0049 151 12345678'])(
    'a phone number in any writing: %s',
    async (phone) => {
      expect((await kept(json({ ...ada, phone }))).traits).toMatchObject({ phone: '+4915112345678' });
    },
  );

  test('markup, formulas and templates, as the text they are', async () => {
    const firstName = '<img src=x onerror=alert(1)>=cmd|"/c calc"{{ contact.email }}';
    expect((await kept(json({ ...ada, firstName }))).traits).toMatchObject({ firstName });
  });

  test('a file, as no more than a word', async () => {
    const file = `--b\r\nContent-Disposition: form-data; name="firstName"; filename="x.exe"\r\n\r\nMZ\r\n`;
    const body = `${part('email', 'ada@example.com')}${file}--b--\r\n`;
    expect((await kept(multipart(body))).traits).toMatchObject({ firstName: 'file' });
  });
});

describe('floods', () => {
  const status = async (email: string, i: number, form = 'demo') =>
    (await send(json({ email, firstName: `Ada ${i}` }, { form, headers: { origin } }))).status;

  test('of one address stop at the sixth post, over all forms', async () => {
    const all: number[] = [];
    for (let i = 0; i < 8; i++) all.push(await status('ada@example.com', i, i % 2 ? 'demo' : 'strict'));
    expect(all).toEqual([202, 202, 202, 202, 202, 429, 429, 429]);
    expect(await status('bob@example.com', 0)).toBe(202);
  });

  test('of one mailbox in many spellings stop at the twenty-first', async () => {
    const all: number[] = [];
    for (let i = 0; i < 22; i++) all.push(await status(`a.da+${i}@gmail.com`, i));
    expect(all.filter((code) => code === 202)).toHaveLength(20);
    expect(all.slice(20)).toEqual([429, 429]);
  });

  test('of repeats are no flood: the same post is the same answer', async () => {
    for (let i = 0; i < 12; i++) expect(await status('ada@example.com', 1)).toBe(202);
  });

  test('of one caller stop, and others go on', async () => {
    const from = async (ip: string, i: number) =>
      (await send(json({ email: `p${i}@example.com` }, { ip }))).status;
    const all: number[] = [];
    for (let i = 0; i < 130; i++) all.push(await from('203.0.113.9', i));
    const taken = all.filter((code) => code === 202).length;
    expect([taken >= 120 && taken <= 126, all.at(-1)]).toEqual([true, 429]);
    expect(await from('203.0.113.10', 100)).toBe(202);
  });
});
