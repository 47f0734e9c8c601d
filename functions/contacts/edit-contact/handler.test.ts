import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storeArrival } from '#store/contacts/arrivals';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import type { GivenRequest } from '#test/builders/http-request';
import { applyNow } from '../changing/apply.ts';
import * as readContact from '../read-contact/handler.ts';
import { record as readRecord } from '../read-contact/record.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let patch: Call;
let read: Call;
let id: string;
const at = '2026-03-01T09:00:00.000Z';
const token = { authorization: `Bearer ${adminToken}` };

const arrive = async (email: string, eventId: string) => {
  const draft = {
    id: eventId,
    type: 'form',
    name: 'demo',
    at,
    happenedAt: at,
    properties: {},
    traits: { email },
    depth: 0,
    state: 'accepted',
  } as const;
  const { contact } = await storeArrival(door.store, [{ kind: 'email', value: email }], {
    ...draft,
    id: 'first',
  });
  await applyNow(door.store, { ...draft, contact });
  return contact;
};

beforeEach(async () => {
  door = await openFrontDoor();
  id = await arrive('ada@example.com', 'e-1');
  const change = door.open({ record, createHandler });
  const show = door.open({ record: readRecord, createHandler: readContact.createHandler });
  const ask = (call: Call, method: 'PATCH' | 'GET'): Call => {
    return (asked = {}) =>
      call({
        method,
        route: `${method} /v1/contacts/{id}`,
        parameters: { id },
        ...asked,
        headers: { ...token, ...asked.headers },
      });
  };
  [patch, read] = [ask(change, 'PATCH'), ask(show, 'GET')];
});
afterEach(() => door.close());

const body = (value: unknown, more: GivenRequest = {}): GivenRequest => ({
  ...more,
  headers: { 'content-type': 'application/json', ...more.headers },
  body: typeof value === 'string' ? value : JSON.stringify(value),
});

describe('a contact is changed', () => {
  test('with the words of an update step, and answered as it is now', async () => {
    const reply = await patch(
      body({ set: { plan: 'pro' }, addTags: ['vip'], addScore: 3, stage: 'lead', consent: { email: true } }),
    );
    expect(reply).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      json: {
        fields: { email: 'ada@example.com', plan: 'pro' },
        tags: ['vip'],
        score: 3,
        stage: 'lead',
        consent: { email: { given: true, source: 'api' } },
      },
    });
    expect((await read()).json).toEqual(reply.json);
    expect((await door.events(id)).find(({ type }) => type === 'change')).toMatchObject({
      change: { by: 'api', tagsAdded: ['vip'] },
    });
  });

  test('If-Match lets one of two edits through', async () => {
    const headers = { 'if-match': '"1"' };
    const replies = await Promise.all([
      patch(body({ addScore: 1 }, { headers })),
      patch(body({ addScore: 1 }, { headers })),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await read()).json.score).toBe(1);
  });

  test('a new address leads to the contact; refuses one that leads to another', async () => {
    await arrive('bob@example.com', 'e-2');
    expect((await patch(body({ set: { email: 'Ada.New@example.com' } }))).status).toBe(200);
    expect((await door.contactOf('ada.new@example.com'))?.id).toBe(id);
    const taken = await patch(body({ set: { email: 'bob@example.com' } }));
    expect([taken.status, taken.json.code]).toEqual([409, 'address-taken']);
  });

  test('refuses what does not fit, and names the limit', async () => {
    const reply = await patch(body({ set: { plan: 'x'.repeat(9000) } }));
    const [issue] = reply.json.issues as { path: string; message: string }[];
    expect([reply.status, reply.json.code, issue?.path]).toEqual([422, 'no-room', '/set/plan']);
    expect(issue?.message).toContain('8000');
  });

  test('a yes that was said elsewhere is kept with its words and where it was said; a no with the latter', async () => {
    const said = { consentText: 'You may write to me.', consentOrigin: 'on the phone' };
    await patch(body({ consent: { email: true }, ...said }));
    const reply = await patch(body({ consent: { sms: false }, ...said }));
    expect(reply.json.consent).toMatchObject({
      email: { given: true, source: 'api', text: 'You may write to me.', origin: 'on the phone' },
      sms: { given: false, source: 'api', origin: 'on the phone' },
    });
    expect(reply.json.consent).not.toHaveProperty('sms.text');
  });

  test('refuses to give again what the contact took back', async () => {
    await patch(body({ consent: { email: false } }));
    const reply = await patch(body({ consent: { email: true } }));
    expect([reply.status, reply.json.code]).toEqual([409, 'consent-withdrawn']);
  });
});

describe('refuses, and takes the next one', () => {
  test.each<[string, GivenRequest, number, string]>([
    ['no token', body({ addScore: 1 }, { headers: { authorization: '' } }), 401, 'unauthorized'],
    [
      'an unknown token',
      body({ addScore: 1 }, { headers: { authorization: 'Bearer 1234567890' } }),
      401,
      'unauthorized',
    ],
    [
      'a write key as token',
      body({ addScore: 1 }, { headers: { authorization: 'Bearer wk_acme_123' } }),
      401,
      'unauthorized',
    ],
    ['an unknown contact', body({ addScore: 1 }, { parameters: { id: 'nobody' } }), 404, 'unknown-contact'],
    [
      'the key of another item',
      body({ addScore: 1 }, { parameters: { id: '../TOKEN' } }),
      404,
      'unknown-contact',
    ],
    ['no body', {}, 400, 'no-body'],
    ['an unknown member', body({ score: 5 }), 422, 'invalid-body'],
    ['a member of the contact as a field', body({ set: { rev: 7 } }), 422, 'invalid-body'],
    ['an invalid address', body({ set: { email: 'ada@' } }), 422, 'invalid-body'],
    ['a phone without country', body({ set: { phone: '0151 12345678' } }), 422, 'invalid-body'],
    ['a tag that is empty', body({ addTags: [''] }), 422, 'invalid-body'],
    ['a score beyond bounds', body({ addScore: 1e9 }), 422, 'invalid-body'],
    ['a number that is not kept', body({ set: { n: 2 ** 60 } }), 422, 'number-out-of-range'],
    ['a name of prototypes', body('{"set":{"constructor":1}}'), 400, 'forbidden-key'],
    ['an old tag', body({ addScore: 1 }, { headers: { 'if-match': '"0"' } }), 412, 'changed-meanwhile'],
  ])('%s', async (_, asked, status, code) => {
    const reply = await patch(asked);
    expect([reply.status, reply.json.code]).toEqual([status, code]);
    expect((await patch(body({ addScore: 1 }))).json.score).toBe(1);
    expect(door.logs).toEqual([]);
  });
});

describe('a contact is read', () => {
  test.each(['email=ADA%40example.com', 'email=ada%40example.com'])('by ?%s', async (query) => {
    const reply = await read({ route: 'GET /v1/contacts', parameters: {}, query });
    expect(reply).toMatchObject({ status: 200, json: { id }, headers: { etag: '"1"' } });
  });

  test.each<[string, GivenRequest, number, string]>([
    [
      'nobody of this address',
      { route: 'GET /v1/contacts', query: 'email=bob%40example.com' },
      404,
      'unknown-contact',
    ],
    ['no question', { route: 'GET /v1/contacts' }, 400, 'invalid-query'],
    ['an address that is none', { route: 'GET /v1/contacts', query: 'email=x' }, 400, 'invalid-query'],
    [
      'a timeline of nobody',
      { route: 'GET /v1/contacts/{id}/timeline', parameters: { id: 'x' } },
      404,
      'unknown-contact',
    ],
    [
      'a time in words',
      { route: 'GET /v1/contacts/{id}/timeline', query: 'since=today' },
      400,
      'invalid-query',
    ],
    [
      'a limit beyond bounds',
      { route: 'GET /v1/contacts/{id}/timeline', query: 'limit=0' },
      400,
      'invalid-query',
    ],
    ['no token', { headers: { authorization: '' } }, 401, 'unauthorized'],
  ])('refuses %s', async (_, asked, status, code) => {
    const reply = await read(asked);
    expect([reply.status, reply.json.code]).toEqual([status, code]);
  });

  test('with what happened to it, in order', async () => {
    await door.clock.advanceTo(door.clock.now() + 1000, async () => {});
    await patch(body({ addTags: ['vip'], stage: 'lead' }));
    const { json } = await read({ route: 'GET /v1/contacts/{id}/timeline' });
    const entries = json.entries as { text: string }[];
    expect(entries.map(({ text }) => text)).toEqual([
      'Form demo sent',
      'Form demo sent',
      'Contact changed by api: tag +vip, stage lead',
    ]);
  });
});
