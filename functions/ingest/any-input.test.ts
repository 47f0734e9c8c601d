import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyChange } from '#functions/contacts/changing/apply';
import { findContactId } from '#store/contacts/identities';
import { type Call, type FrontDoor, openFrontDoor, writeKey } from '#test/builders/front-door';
import type { GivenRequest } from '#test/builders/http-request';
import * as event from './accept-event/handler.ts';
import { record as eventRecord } from './accept-event/record.ts';
import * as form from './accept-form/handler.ts';
import { record as formRecord } from './accept-form/record.ts';

/** Whatever comes is answered 2xx, 3xx or 4xx, and whatever was taken can be read back. */
let door: FrontDoor;
let track: Call;
let post: Call;
beforeAll(async () => {
  door = await openFrontDoor();
  track = door.open({ record: eventRecord, createHandler: event.createHandler });
  const open = door.open({ record: formRecord, createHandler: form.createHandler });
  post = (asked) => open({ route: 'POST /v1/forms/{form}', parameters: { form: 'demo' }, ...asked });
});
afterAll(() => door.close());

const answers = async (call: Call, asked: GivenRequest): Promise<void> => {
  const { status } = await call(asked);
  expect(status).toBeLessThan(500);
  expect(door.logs.splice(0).filter((line) => line.startsWith('error'))).toEqual([]);
};

/** Mostly what may be kept: arbitrary JSON is full of numbers that may not. */
const usual = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null));
const anything = fc.oneof(
  usual,
  fc.array(usual, { maxLength: 4 }),
  fc.dictionary(fc.string({ minLength: 1 }), usual, { maxKeys: 4 }),
  fc.jsonValue({ maxDepth: 5 }),
);
const key = { authorization: `Basic ${btoa(`${writeKey}:`)}`, 'content-type': 'application/json' };
const id = fc.oneof(fc.constant('u-1'), anything);
const call = fc.record(
  {
    type: fc.oneof(fc.constantFrom('track', 'identify', 'page', 'group', 'alias'), anything),
    userId: id,
    anonymousId: id,
    previousId: id,
    groupId: id,
    event: fc.oneof(fc.constant('E'), fc.string({ unit: 'binary' }), anything),
    properties: fc.oneof(fc.dictionary(fc.string({ unit: 'grapheme' }), anything), anything),
    traits: fc.oneof(
      fc.dictionary(fc.constantFrom('email', 'phone', 'tags', 'consent', 'score', 'x'), anything),
      anything,
    ),
    messageId: fc.oneof(fc.string({ unit: 'binary' }), anything),
    timestamp: fc.oneof(
      fc.date({ noInvalidDate: true }).map((d) => d.toISOString()),
      fc.string(),
      anything,
    ),
    sentAt: fc.oneof(fc.string(), anything),
    context: anything,
  },
  { requiredKeys: [] },
);
const runs = { numRuns: 300, seed: 20261122 };

test('events of any shape', async () => {
  const name = fc.constantFrom('track', 'identify', 'page', 'group', 'alias');
  await fc.assert(
    fc.asyncProperty(name, call, (path, body) =>
      answers(track, { path: `/v1/${path}`, headers: key, body: JSON.stringify(body) }),
    ),
    runs,
  );
});

test('batches of any shape', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(call, anything), { maxLength: 8 }), anything, (batch, sentAt) =>
      answers(track, { path: '/v1/batch', headers: key, body: JSON.stringify({ batch, sentAt }) }),
    ),
    { ...runs, numRuns: 100 },
  );
});

test('batches of any text', async () => {
  const good = JSON.stringify({
    batch: [{ type: 'track', userId: 'u-1', event: 'E', properties: { a: ['"', '{'] } }, 1, {}],
    sentAt: '2026-03-01T09:00:00Z',
  });
  const splice = fc.record({
    at: fc.nat(good.length),
    out: fc.nat(12),
    text: fc.oneof(
      fc.string(),
      fc.constantFrom('"', '{', '[', ']', '}', ',', '\\', '"batch":[', '"a":1,"a":2', '1e999'),
    ),
  });
  const spliced = fc
    .array(splice, { minLength: 1, maxLength: 4 })
    .map((all) =>
      all.reduce((text, { at, out, text: put }) => text.slice(0, at) + put + text.slice(at + out), good),
    );
  await fc.assert(
    fc.asyncProperty(spliced, (body) => answers(track, { path: '/v1/batch', headers: key, body })),
    runs,
  );
});

test('what was taken can be applied, whatever it holds', async () => {
  const traits = fc.dictionary(
    fc.oneof(
      fc.constantFrom('email', 'phone', 'tags', 'consent', 'score', 'stage', 'createdAt'),
      fc.string(),
    ),
    anything,
  );
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(traits, async (given) => {
      const body = JSON.stringify({ userId: 'u-2', traits: given });
      const { status } = await track({ path: '/v1/identify', headers: key, body });
      if (status === 200) taken++;
    }),
    { ...runs, numRuns: 150 },
  );
  const contact = (await findContactId(door.store, { kind: 'userId', value: 'u-2' }))!;
  const events = await door.events(contact);
  for (const stored of events)
    expect(await applyChange(door.store, contact, stored)).toMatchObject({ repeated: false });
  expect([taken > 50, events.length]).toEqual([true, taken]);
});

const fieldName = fc.oneof(
  fc.constantFrom('email', 'firstName', 'phone', 'companySize', 'consent', 'website'),
  fc.string({ unit: 'binary' }),
);
const media = fc.constantFrom(
  'application/json',
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data; boundary=b',
  'x',
);

const part = ([name, value]: [string, string]): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

test('forms of any shape', async () => {
  const body = fc.oneof(
    fc
      .dictionary(fieldName, anything)
      .map((fields) => JSON.stringify({ email: 'ada@example.com', ...fields })),
    fc
      .array(fc.tuple(fieldName, fc.string({ unit: 'binary' })))
      .map((pairs) => new URLSearchParams(pairs).toString()),
    fc
      .array(fc.tuple(fieldName, fc.string({ unit: 'binary' })))
      .map((pairs) => `${pairs.map(part).join('')}--b--\r\n`),
    fc.uint8Array({ minLength: 1 }),
  );
  await fc.assert(
    fc.asyncProperty(media, body, fc.constantFrom('text/html', '*/*'), (type, bytes, accept) =>
      answers(post, { headers: { 'content-type': type, accept }, body: bytes, ip: '127.0.0.1' }),
    ),
    runs,
  );
});
