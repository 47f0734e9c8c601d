import { gzipSync } from 'node:zlib';

/** One post that is wrong, and its whole answer. */
export interface BadPost {
  /** As a sentence that begins with "refuses" or "keeps". */
  name: string;
  path: string;
  headers?: Record<string, string>;
  body: string | Uint8Array | object;
  status: number;
  /** Of a refusal. */
  code?: string;
  /** `code path` of each issue, or `index code path` of each rejected event. */
  issues?: string[];
}

const track = (more: object): Pick<BadPost, 'path' | 'body'> => ({
  path: '/v1/track',
  body: { userId: 'u-1', event: 'E', ...more },
});
const text = (
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Omit<BadPost, 'name' | 'status'> => ({
  path: '/v1/track',
  headers: { 'content-type': 'application/json', ...headers },
  body,
});
const batch = (...events: unknown[]): Pick<BadPost, 'path' | 'body'> => ({
  path: '/v1/batch',
  body: { batch: events },
});
const good = { type: 'track', userId: 'u-good', event: 'Good' };
const long = (n: number): string => 'x'.repeat(n);

const identities: BadPost[] = [
  {
    name: 'no identity',
    path: '/v1/track',
    body: { event: 'E' },
    status: 400,
    code: 'no-identity',
    issues: ['no-identity '],
  },
  {
    name: 'identities that are null',
    ...track({ userId: null, anonymousId: null }),
    status: 400,
    code: 'no-identity',
    issues: ['no-identity '],
  },
  ...['null', 'undefined', '0', 'NaN', 'anonymous', '[object Object]', 'UNDEFINED', ' null '].map(
    (userId): BadPost => ({
      name: `the id ${JSON.stringify(userId)}`,
      ...track({ userId }),
      status: 400,
      code: 'illegal-id',
      issues: ['illegal-id /userId'],
    }),
  ),
  {
    name: 'an id that is empty',
    ...track({ userId: '' }),
    status: 400,
    code: 'empty-id',
    issues: ['empty-id /userId'],
  },
  {
    name: 'an id of 257 characters',
    ...track({ userId: long(257) }),
    status: 400,
    code: 'id-too-long',
    issues: ['id-too-long /userId'],
  },
  {
    name: 'an id of two lines',
    ...track({ userId: 'a\r\nb' }),
    status: 400,
    code: 'illegal-id',
    issues: ['illegal-id /userId'],
  },
  {
    name: 'an id that is an object',
    ...track({ userId: { $ne: null } }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /userId'],
  },
  {
    name: 'an illegal id beside a good one',
    ...track({ anonymousId: 'null' }),
    status: 400,
    code: 'illegal-id',
    issues: ['illegal-id /anonymousId'],
  },
  {
    name: 'an alias of nobody',
    path: '/v1/alias',
    body: { previousId: 'a-1' },
    status: 400,
    code: 'no-identity',
    issues: ['no-identity /userId'],
  },
  {
    name: 'an alias of an illegal id',
    path: '/v1/alias',
    body: { userId: 'u-1', previousId: 'undefined' },
    status: 400,
    code: 'illegal-id',
    issues: ['illegal-id /previousId'],
  },
];

const names: BadPost[] = [
  {
    name: 'no name',
    path: '/v1/track',
    body: { userId: 'u-1' },
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /event'],
  },
  {
    name: 'a name of spaces',
    ...track({ event: '   ' }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /event'],
  },
  {
    name: 'a name of 201 characters',
    ...track({ event: long(201) }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /event'],
  },
  {
    name: 'a name with a line break',
    ...track({ event: 'Order\nBcc: x' }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /event'],
  },
  {
    name: 'a name that is a list',
    ...track({ event: ['E'] }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /event'],
  },
  ...['$set', 'Wayleaf Sent', '__proto__', 'constructor'].map(
    (event): BadPost => ({
      name: `the reserved name ${event}`,
      ...track({ event }),
      status: 400,
      code: 'reserved-name',
      issues: ['reserved-name /event'],
    }),
  ),
  {
    name: 'a group without a name',
    path: '/v1/group',
    body: { userId: 'u-1' },
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /groupId'],
  },
];

const values: BadPost[] = [
  {
    name: 'properties that are a list',
    ...track({ properties: [1] }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /properties'],
  },
  {
    name: 'traits that are a text',
    path: '/v1/identify',
    body: { userId: 'u-1', traits: '<script>' },
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /traits'],
  },
  {
    name: 'a number that cannot be kept',
    ...track({ properties: { n: 1e300 } }),
    status: 400,
    code: 'number-out-of-range',
    issues: ['number-out-of-range '],
  },
  {
    name: 'a member without a name',
    ...track({ properties: { '': 1 } }),
    status: 400,
    code: 'empty-name',
    issues: ['empty-name '],
  },
  {
    name: 'a messageId of two lines',
    ...track({ messageId: 'a\nb' }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /messageId'],
  },
  {
    name: 'a messageId of 101 characters',
    ...track({ messageId: long(101) }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /messageId'],
  },
  {
    name: 'a time that is none',
    ...track({ timestamp: 'yesterday' }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /timestamp'],
  },
  {
    name: 'a month that is none',
    ...track({ timestamp: '2026-13-01T00:00:00Z' }),
    status: 400,
    code: 'invalid-event',
    issues: ['invalid-event /timestamp'],
  },
  { name: 'over 32 KB', ...track({ properties: { t: long(33_000) } }), status: 400, code: 'too-large' },
];

const bodies: BadPost[] = [
  { name: 'no body', ...text(''), status: 400, code: 'no-body' },
  {
    name: 'a form',
    ...text('event=E&userId=u-1', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 400,
    code: 'not-json',
  },
  { name: 'a list', ...text('[]'), status: 400, code: 'invalid-event' },
  { name: 'half of a document', ...text('{"userId":"u-1"'), status: 400, code: 'not-json' },
  {
    name: 'a name twice',
    ...text('{"userId":"u-1","userId":"u-2","event":"E"}'),
    status: 400,
    code: 'duplicate-key',
  },
  {
    name: 'a name of prototypes',
    ...text('{"userId":"u-1","event":"E","properties":{"__proto__":{"admin":true}}}'),
    status: 400,
    code: 'forbidden-key',
  },
  { name: '30,000 levels', ...text(`{"a":${'['.repeat(30_000)}`), status: 400, code: 'too-deep' },
  {
    name: 'half a character',
    ...text('{"userId":"u-1","event":"\\ud800"}'),
    status: 400,
    code: 'lone-surrogate',
  },
  {
    name: 'another charset',
    ...text('{}', { 'content-type': 'application/json; charset=utf-16' }),
    status: 415,
    code: 'unsupported-charset',
  },
  {
    name: 'bytes that are not UTF-8',
    ...text(Uint8Array.of(0x7b, 0xff, 0x7d)),
    status: 400,
    code: 'not-utf8',
  },
  {
    name: 'a gzip bomb',
    ...text(gzipSync('0'.repeat(5_000_000)), { 'content-encoding': 'gzip' }),
    status: 413,
    code: 'body-too-large',
  },
  {
    name: 'gzip that is none',
    ...text('{}', { 'content-encoding': 'gzip' }),
    status: 400,
    code: 'malformed-gzip',
  },
  {
    name: 'a packing nobody knows',
    ...text('{}', { 'content-encoding': 'br' }),
    status: 415,
    code: 'unsupported-encoding',
  },
  {
    name: 'no write key',
    ...track({}),
    headers: { authorization: '' },
    status: 401,
    code: 'unknown-write-key',
  },
  {
    name: 'an unknown write key',
    ...track({ writeKey: 'wk_<b>' }),
    headers: { authorization: '' },
    status: 401,
    code: 'unknown-write-key',
  },
  {
    name: 'a page of a foreign site',
    ...track({}),
    headers: { origin: 'https://evil.example' },
    status: 403,
    code: 'foreign-origin',
  },
  {
    name: 'a page without an origin',
    ...track({}),
    headers: { origin: 'null' },
    status: 403,
    code: 'foreign-origin',
  },
];

const batches: BadPost[] = [
  {
    name: 'a batch that is none',
    path: '/v1/batch',
    body: { batch: {} },
    status: 400,
    code: 'invalid-batch',
  },
  { name: 'a batch without events', path: '/v1/batch', body: {}, status: 400, code: 'invalid-batch' },
  { name: 'a batch over 500 KB', ...batch({ t: long(520_000) }), status: 400, code: 'too-large' },
  {
    name: 'over 2,500 events',
    ...batch(...Array.from({ length: 2501 }, () => 0)),
    status: 400,
    code: 'batch-too-long',
  },
  {
    name: 'bad events only',
    ...batch({ type: 'track', event: 'E' }, 7, null),
    status: 400,
    code: 'no-valid-event',
    issues: ['no-identity /batch/0', 'invalid-event /batch/1', 'invalid-event /batch/2'],
  },
  {
    name: 'a kind that is none',
    ...batch({ ...good, type: 'delete' }),
    status: 400,
    code: 'no-valid-event',
    issues: ['unknown-type /batch/0/type'],
  },
  {
    name: 'bad events among good ones',
    ...batch(good, { ...good, userId: '0' }, good, { ...good, event: '$x', timestamp: 'x' }),
    status: 202,
    issues: ['1 illegal-id /userId', '3 invalid-event /timestamp'],
  },
  {
    name: 'an event over 32 KB among good ones',
    ...batch(good, { ...good, properties: { t: long(33_000) } }),
    status: 202,
    issues: ['1 too-large '],
  },
  {
    name: 'an event with a name twice among good ones',
    path: '/v1/batch',
    headers: { 'content-type': 'application/json' },
    body: `{"batch":[${JSON.stringify(good)},{"type":"track","type":"page"}]}`,
    status: 202,
    issues: ['1 duplicate-key '],
  },
];

export const badPosts: readonly BadPost[] = [...identities, ...names, ...values, ...bodies, ...batches];
