import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyChange } from '#functions/contacts/changing/apply';
import { readCounts } from '#store/runs/counters';
import { type Call, demoForm, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import type { GivenRequest } from '#test/builders/http-request';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let post: Call;
const origin = 'https://www.acme.example';

beforeEach(async () => {
  door = await openFrontDoor({
    demo: demoForm,
    strict: { ...demoForm, originRequired: true },
    slow: { ...demoForm, minimumSeconds: 3 },
    plain: { name: 'Plain', fields: { email: { type: 'email' } } },
    double: { ...demoForm, doubleOptIn: true },
  });
  const open = door.open({ record, createHandler });
  post = (asked = {}) =>
    open({ route: 'POST /v1/forms/{form}', parameters: { form: 'demo' }, path: '/v1/forms/demo', ...asked });
});
afterEach(() => door.close());

const asJson = (value: unknown, more: GivenRequest = {}): GivenRequest => ({
  ...more,
  headers: { 'content-type': 'application/json', ...more.headers },
  body: JSON.stringify(value),
});
const asBrowser = (body: string, more: GivenRequest = {}): GivenRequest => ({
  ...more,
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'text/html,application/xhtml+xml',
    origin,
    ...more.headers,
  },
  body,
});
const ada = { email: 'Ada@Example.com', firstName: 'Ada', companySize: '50', consent: 'yes' };
const eventsOfAda = async () => door.events((await door.contactOf('ada@example.com'))!.id);

describe('a post is stored as an event of its contact', () => {
  test('JSON is answered 202', async () => {
    const reply = await post(asJson(ada));
    expect(reply).toMatchObject({ status: 202, json: { status: 'accepted' } });
    const [event] = await eventsOfAda();
    expect(event).toMatchObject({
      id: reply.json.id,
      type: 'form',
      name: 'demo',
      properties: { email: 'ada@example.com', firstName: 'Ada', companySize: 50 },
      traits: { email: 'ada@example.com', firstName: 'Ada', companySize: 50 },
      consent: [{ channel: 'email', given: true, source: 'form:demo', text: 'You may write to me.' }],
      addTags: ['demo'],
      addScore: 5,
      state: 'accepted',
    });
  });

  test("a browser's form post is sent to the thank-you page", async () => {
    const reply = await post(asBrowser('email=ada%40example.com&consent=yes'));
    expect([reply.status, reply.headers.location]).toEqual([303, 'https://www.acme.example/thanks']);
    expect((await eventsOfAda())[0]?.consent?.[0]).toMatchObject({ given: true, origin });
  });

  test('without a thank-you page of its own, the form gets ours', async () => {
    const reply = await post(
      asBrowser('email=ada%40example.com', {
        parameters: { form: 'plain' },
        headers: { origin: 'https://t.acme.example' },
      }),
    );
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test('multipart from a script is answered with JSON the page may read', async () => {
    const body = '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nada@example.com\r\n--b--\r\n';
    const reply = await post({
      headers: { 'content-type': 'multipart/form-data; boundary=b', origin },
      body,
    });
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([202, origin]);
  });

  test('the contact is the same by address, and a new one else', async () => {
    await post(asJson(ada));
    await post(asJson({ ...ada, email: 'ada@example.com', firstName: 'A.' }));
    await post(asJson({ ...ada, email: 'bob@example.com' }));
    expect(await eventsOfAda()).toHaveLength(2);
    expect((await door.contactOf('bob@example.com'))?.id).not.toBe(
      (await door.contactOf('ada@example.com'))?.id,
    );
  });

  test('of a known contact costs five reads and writes, and one write for its limits', async () => {
    await post(asJson(ada));
    door.taken();
    await post(asJson({ ...ada, firstName: 'A.' }));
    const [settings, who, past, limit, owner, event] = door.taken();
    expect([settings, who, past, owner, event]).toEqual([
      'GetItem',
      'GetItem',
      'Query',
      'GetItem',
      'PutItem',
    ]);
    expect(limit).toBe('UpdateItem');
  });

  test('a phone number that two people share joins nobody', async () => {
    await post(asJson({ ...ada, phone: '+49 30 901820' }));
    await post(asJson({ email: 'bob@example.com', phone: '+49 30 901820' }));
    expect((await door.contactOf('bob@example.com'))?.id).not.toBe(
      (await door.contactOf('ada@example.com'))?.id,
    );
  });
});

describe('a repeated post is stored once', () => {
  test('the same content within ten minutes', async () => {
    const [a, b] = [await post(asJson(ada)), await post(asJson(ada))];
    expect(b).toEqual(a);
    expect(await eventsOfAda()).toHaveLength(1);
  });

  test('two at the same moment', async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => post(asJson(ada))));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await eventsOfAda()).toHaveLength(1);
  });

  test('also over the border of two windows, and later it is a new one', async () => {
    await door.clock.advanceTo(Date.UTC(2026, 2, 1, 9, 9, 59), async () => {});
    await post(asJson(ada));
    await door.clock.advanceTo(Date.UTC(2026, 2, 1, 9, 10, 1), async () => {});
    await post(asJson(ada));
    expect(await eventsOfAda()).toHaveLength(1);
    await door.clock.advanceTo(Date.UTC(2026, 2, 1, 9, 30), async () => {});
    await post(asJson(ada));
    expect(await eventsOfAda()).toHaveLength(2);
  });

  test('by Idempotency-Key, however late; refuses the key for other content', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    await post(asJson(ada, { headers }));
    const reuse = async () => {
      const { status, json } = await post(asJson({ ...ada, firstName: 'Eve' }, { headers }));
      expect([status, json.code]).toEqual([422, 'idempotency-key-reused']);
    };
    await reuse();
    await door.clock.advanceTo(Date.UTC(2026, 2, 2), async () => {});
    expect((await post(asJson(ada, { headers }))).status).toBe(202);
    await reuse();
    expect(await eventsOfAda()).toHaveLength(1);
  });
});

describe('robots get the same answer and leave no lead', () => {
  test('who fills the honeypot is counted', async () => {
    const [person, robot] = [
      await post(asJson(ada)),
      await post(asJson({ email: 'bot@example.com', website: 'http://x' })),
    ];
    expect([robot.status, Object.keys(robot.json), robot.headers]).toEqual([
      person.status,
      Object.keys(person.json),
      person.headers,
    ]);
    expect(String(robot.json.id)).toMatch(/^form-[0-9a-z]{20}-\d+$/);
    expect(await door.contactOf('bot@example.com')).toBeUndefined();
    expect((await readCounts(door.store, 'form:demo')).get(0)?.get('robots')).toBe(1);
  });

  test('a robot in a browser sees the thank-you page', async () => {
    expect((await post(asBrowser('email=bot%40example.com&website=x'))).status).toBe(303);
  });

  test('who is too quick', async () => {
    const now = door.clock.now();
    const slow = (shownAt: number) => asJson({ ...ada, _shownAt: shownAt }, { parameters: { form: 'slow' } });
    await post(slow(now - 500));
    expect(await door.contactOf('ada@example.com')).toBeUndefined();
    await post(slow(now - 5000));
    expect(await door.contactOf('ada@example.com')).toBeDefined();
  });
});

describe('refuses, and takes the next one', () => {
  const wrong: [string, GivenRequest, number, string][] = [
    ['an unknown form', asJson(ada, { parameters: { form: 'nothing' } }), 404, 'unknown-form'],
    ['a form id with a path', asJson(ada, { parameters: { form: '../client' } }), 404, 'unknown-form'],
    ['no body', { headers: { 'content-type': 'application/json' } }, 400, 'no-body'],
    ['no content type', { body: 'email=x' }, 415, 'unsupported-media-type'],
    [
      'half of a JSON',
      { headers: { 'content-type': 'application/json' }, body: '{"email":' },
      400,
      'not-json',
    ],
    ['a list', asJson([ada]), 422, 'invalid-body'],
    [
      '33 levels',
      {
        headers: { 'content-type': 'application/json' },
        body: `{"email":${'['.repeat(40)}${']'.repeat(40)}}`,
      },
      400,
      'too-deep',
    ],
    ['over 64 KB', asJson({ ...ada, firstName: 'x'.repeat(65 * 1024) }), 413, 'body-too-large'],
    [
      'another charset',
      asJson(ada, { headers: { 'content-type': 'application/json; charset=latin1' } }),
      415,
      'unsupported-charset',
    ],
    ['a foreign origin', asJson(ada, { headers: { origin: 'https://evil.example' } }), 403, 'foreign-origin'],
    ['the origin null', asJson(ada, { headers: { origin: 'null' } }), 403, 'foreign-origin'],
    ['no origin where one is due', asJson(ada, { parameters: { form: 'strict' } }), 403, 'origin-required'],
    ['no e-mail', asJson({ firstName: 'Ada' }), 422, 'invalid-fields'],
    ['an invalid e-mail', asJson({ email: 'ada@' }), 422, 'invalid-fields'],
    ['an e-mail as a list', asJson({ email: ['ada@example.com'] }), 422, 'invalid-fields'],
    [
      'a header in a name',
      asJson({ ...ada, firstName: 'Ada\r\nBcc: all@example.com' }),
      422,
      'invalid-fields',
    ],
    ['a number in words', asJson({ ...ada, companySize: 'many' }), 422, 'invalid-fields'],
    ['a number beyond bounds', asJson({ ...ada, companySize: 2 ** 60 }), 422, 'invalid-fields'],
    [
      'an idempotency key of spaces',
      asJson(ada, { headers: { 'idempotency-key': 'a b' } }),
      400,
      'invalid-idempotency-key',
    ],
    ['a timed form without time', asJson(ada, { parameters: { form: 'slow' } }), 422, 'invalid-fields'],
  ];
  test.each(wrong)('%s', async (_, asked, status, code) => {
    const reply = await post(asked);
    expect([reply.status, reply.json.code, reply.headers['content-type']]).toEqual([
      status,
      code,
      'application/problem+json',
    ]);
    expect(await door.contactOf('ada@example.com')).toBeUndefined();
    expect((await post(asJson(ada))).status).toBe(202);
    expect(door.logs.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  test('wrong fields by their names, all at once', async () => {
    const { json } = await post(asJson({ email: 'ada@', companySize: 'many' }));
    expect((json.issues as { path: string }[]).map(({ path }) => path)).toEqual(['/email', '/companySize']);
  });

  test('a browser gets a page that names each wrong field and holds no markup of the sender', async () => {
    const reply = await post(
      asBrowser('email=%3Cscript%3Ealert(1)%3C%2Fscript%3E&companySize=%22%3E%3Cb%3E'),
    );
    expect([reply.status, reply.headers['content-type']]).toEqual([422, 'text/html; charset=utf-8']);
    expect(reply.text).toContain('&quot;E-mail&quot; must be an e-mail address');
    expect(reply.text).toContain('&quot;companySize&quot; must be a number');
    expect(reply.text).not.toMatch(/<script>|<b>/);
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('a visitor reads nothing that only the maker of the page can mend', async () => {
    const foreign = await post(
      asBrowser('email=ada%40example.com', { headers: { origin: 'https://evil.example' } }),
    );
    expect([foreign.status, foreign.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
    expect(foreign.text).toContain('please tell the people whose page it is. (foreign-origin)');
    expect(foreign.text).not.toContain('Add it to');
    const gone = await post(asBrowser('email=ada%40example.com', { parameters: { form: 'gone' } }));
    expect([gone.status, gone.text.includes('(unknown-form)')]).toEqual([404, true]);
  });

  test('the sixth differing post for one address within ten minutes', async () => {
    const bomb = (i: number) => post(asJson({ ...ada, firstName: `Ada ${i}` }));
    for (let i = 0; i < 5; i++) expect((await bomb(i)).status).toBe(202);
    const refused = await bomb(6);
    expect([refused.status, refused.json.code, refused.headers['retry-after']]).toEqual([
      429,
      'too-many-posts',
      '600',
    ]);
    expect((await post(asJson({ ...ada, email: 'bob@example.com' }))).status).toBe(202);
    await door.clock.advanceTo(door.clock.now() + 600_001, async () => {});
    expect((await bomb(7)).status).toBe(202);
  });
});

describe('consent', () => {
  const consentAfter = async (given: object, form = 'demo') => {
    await post(asJson({ email: 'ada@example.com', ...given }, { parameters: { form } }));
    const { id } = (await door.contactOf('ada@example.com'))!;
    const [event] = await door.events(id);
    return (await applyChange(door.store, id, event!))?.contact.consent.email?.given ?? false;
  };
  test('only by the declared value', async () => {
    expect(await consentAfter({ consent: 'yes' })).toBe(true);
  });
  test.each([['on'], [true], ['YES'], [['yes']]])('not by %j', async (consent) => {
    expect(await consentAfter({ consent })).toBe(false);
  });
  test('not by the box alone where double opt-in is asked for', async () => {
    expect(await consentAfter({ consent: 'yes' }, 'double')).toBe(false);
  });
});

test('the preflight is answered to known origins only', async () => {
  const ask = (from: string) =>
    post({ method: 'OPTIONS', route: 'OPTIONS /v1/forms/{form}', headers: { origin: from } });
  expect(await ask(origin)).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' },
  });
  expect((await ask('https://evil.example')).status).toBe(403);
});

test('logs hold ids only', async () => {
  await post(asJson({ ...ada, website: 'x' }));
  await post(asJson({ ...ada, firstName: '\0' }));
  expect(door.logs.join('\n')).not.toMatch(/ada|example\.com/i);
});
