import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Intercept } from '#infra/local/services';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';
import { noteUses } from './note-uses.ts';

/** Ways that functions seldom go, each with the grants that only they need. */
const { uses, intercept: note } = noteUses();
/** Whose calls fail just now; AWS was away, or the function fell. */
let away: { caller: RegExp; operation: RegExp; about?: string } | undefined;
const intercept: Intercept = (call, next) => {
  const { caller = '', operation, input } = call;
  const isAway =
    away?.caller.test(caller) &&
    away.operation.test(operation) &&
    JSON.stringify(input).includes(away.about ?? '');
  return isAway ? Promise.reject(new Error('away')) : note(call, next);
};

const rest = { id: 'rest', type: 'wait', for: '30 days' };
const mail = { id: 'hello', type: 'email', template: 'thank-you' };
const on = (event: string) => ({ on: [{ event }], again: 'always' });
const key = { authorization: `Basic ${btoa('wk_acme:')}` };
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
const news = {
  ...{ name: 'News', fields: { email: { type: 'email', required: true } }, doubleOptIn: true },
  ...{ consent: { field: 'agree', value: 'yes', channel: 'email', text: 'Acme may write to me.' } },
  origins: ['https://www.acme.example'],
};
const asks = {
  ...{ id: 'asks', type: 'waitFor', atMost: '30 days', otherwise: { steps: [] } },
  branches: [{ on: { event: 'Yes' }, if: { segment: 'pros' }, answer: 'yes', steps: [] }],
};
let world: AudienceWorld;
let words = 0;

beforeAll(async () => {
  world = await openAudience({ intercept, sync: 'off' });
  // Whoever is in a run is told of what moves its contact between segments.
  await world.publish({ id: 'waiting', enter: on('Go'), steps: [mail, rest] });
  await world.segment('reachable', { consent: 'email' });
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  await world.publish({ id: 'asking', enter: on('Ask'), steps: [asks] });
  await world.insist('PUT', '/v1/forms/news', news);
  await world.drain();
}, 60_000);
afterAll(() => world?.close());

const request = (method: string, path: string, more: object = {}) =>
  world.world.http({ method, path, ...more } as never);
const enter = async (name: string, traits: object = {}): Promise<void> => {
  await world.identify(name, { plan: 'pro', ...traits });
  await world.track(name, 'Go');
  await world.drain();
};
/** Nobody was looked at since. */
const newWords = (): Promise<unknown> =>
  world.segment(`new-${++words}`, { contact: 'plan', in: ['pro', `v${words}`] });
/** Nobody else does anything meanwhile: whoever looks at a contact first would spare this one the way. */
const only = async <T>(caller: string, work: () => Promise<T>): Promise<T> => {
  uses.clear();
  away = { caller: new RegExp(`^(?!${caller}$).`), operation: /./ };
  try {
    return await work();
  } finally {
    away = undefined;
    await world.advance('1 minute');
  }
};
const linkTo = async (name: string, purpose: string): Promise<string> => {
  const [sent] = (await world.mails(name)).slice(-1);
  const [link = ''] = new RegExp(`/${purpose}/[\\w.-]+`).exec(`${sent?.text}`) ?? [];
  expect(link).not.toBe('');
  return link;
};
const leave = async (name: string): Promise<void> => {
  const body = 'List-Unsubscribe=One-Click';
  const path = await linkTo(name, 'u');
  const answer = await only('unsubscribe', () => request('POST', path, { headers: urlencoded, body }));
  expect(answer.status).toBe(200);
};
const expectUse = (key: string): void => expect([...uses.keys()]).toContain(key);
const idOf = async (name: string): Promise<string> => (await world.contact(name)).id;

describe('who comes before anybody was looked at since a segment changed is looked at first', () => {
  test('by unsubscribing, which leads out of a segment', async () => {
    await enter('una');
    await newWords();
    await leave('una');
    expectUse('unsubscribe dynamodb:PutItem on catalogue');
    expectUse('unsubscribe dynamodb:Query on main');
    expectUse('unsubscribe dynamodb:DeleteItem on main');
  });

  test('by choosing preferences', async () => {
    await enter('pia');
    await newWords();
    const [path = ''] = /\/p\/[\w.-]+/.exec(`${(await world.mails('pia'))[0]?.html}`) ?? [];
    const headers = { ...urlencoded, accept: 'text/html' };
    const answer = await only('show-preferences', () => request('POST', path, { headers, body: 'email=no' }));
    expect(answer.status).toBe(200);
    expectUse('show-preferences dynamodb:PutItem on catalogue');
  });

  test('by confirming an address', async () => {
    await enter('connie', { consent: [] });
    const body = { email: 'connie@example.com', agree: 'yes' };
    expect((await request('POST', '/v1/forms/news', { body })).status).toBe(202);
    await world.drain();
    await newWords();
    const path = await linkTo('connie', 'confirm');
    const post = { headers: urlencoded, body: '' };
    expect((await only('confirm-address', () => request('POST', path, post))).status).toBe(200);
    expectUse('confirm-address dynamodb:PutItem on catalogue');
    expectUse('confirm-address dynamodb:BatchGetItem on main');
  });

  test('by a complaint', async () => {
    await enter('cora');
    await newWords();
    const [sent] = await world.mails('cora');
    const complaint = { sendId: sent!.sendId!, type: 'complaint' } as const;
    await only('take-feedback', () => world.world.feedback(complaint));
    expectUse('take-feedback dynamodb:PutItem on catalogue');
    expectUse('take-feedback dynamodb:BatchGetItem on main');
  });

  test('by a device', async () => {
    await enter('dora');
    await newWords();
    const body = { userId: 'dora', app: 'android', token: 'token-of-dora', consent: true };
    const posted = await only('register-device', () =>
      request('POST', '/v1/devices', { headers: key, body }),
    );
    expect(posted.status).toBe(200);
    expectUse('register-device dynamodb:PutItem on catalogue');
    expectUse('register-device dynamodb:BatchGetItem on main');
  });

  test('by becoming one with another, whose run in the same journey ends', async () => {
    await enter('max');
    await enter('moritz');
    const loser = await idOf('moritz');
    await newWords();
    const path = `/v1/contacts/${await idOf('max')}/merge`;
    await only('merge-contacts', () => world.insist('POST', path, { contact: loser }));
    expectUse('merge-contacts dynamodb:PutItem on catalogue');
    expectUse('merge-contacts dynamodb:BatchGetItem on main');
    expectUse('merge-contacts states:SendTaskFailure on executions');
  });
});

test('a browser too many takes the place of the oldest, with a form', async () => {
  const visits = Array.from({ length: 50 }, (_, i) => ({
    ...{ type: 'track', event: 'Page Read', userId: 'bea', anonymousId: `browser-${i}` },
  }));
  await world.identify('bea');
  await world.post('/v1/batch', { batch: visits });
  const body = new URLSearchParams({
    ...{ email: 'bea@example.com', firstName: 'Bea', companySize: '3', consent: 'yes' },
    ...{ timezone: 'Europe/Berlin', _anonymousId: 'browser-new' },
  });
  const posted = { headers: urlencoded, body: body.toString() };
  expect((await request('POST', '/v1/forms/demo-request', posted)).status).toBe(202);
  expectUse('accept-form dynamodb:DeleteItem on main');
});

test('an import leads out of segments, at once or by those who go on with it', async () => {
  const csv = (name: string) => ({
    headers: { authorization: `Bearer ${world.world.adminToken}`, 'content-type': 'text/csv' },
    body: `email,plan\n${name}@example.com,free\n`,
  });
  await enter('ida');
  expect(await world.segments('ida')).toContain('pros');
  const answer = await only('import-contacts', () => request('POST', '/v1/contacts/import', csv('ida')));
  expect(answer.status).toBeLessThan(300);
  expect(await world.segments('ida')).not.toContain('pros');
  expectUse('import-contacts dynamodb:DeleteItem on main');
  await enter('ivo');
  // The request falls after it has taken the file.
  away = { caller: /^import-contacts$/, operation: /^TransactWriteItems$/, about: 'PROFILE' };
  await request('POST', '/v1/contacts/import', csv('ivo'));
  away = undefined;
  await world.advance('10 minutes');
  expect(await world.segments('ivo')).not.toContain('pros');
  expectUse('continue-imports dynamodb:DeleteItem on main');
  expectUse('continue-imports dynamodb:UpdateItem on main');
});

test('members of a segment enter, and runs of theirs that are over by then end', async () => {
  const enters = { on: [{ manual: true }, { event: 'Come' }], again: 'always' };
  const exit = [{ if: { not: { did: 'Come', inLast: '1 hour' } } }];
  await world.publish({ id: 'brief', enter: enters, exit, steps: [rest] });
  await world.identify('mia', { plan: 'member' });
  await world.segment('members', { contact: 'plan', is: 'member' });
  await world.track('mia', 'Come');
  await world.advance('10 minutes');
  // It is late to tell the run that time is over.
  away = { caller: /^(review-contacts|sweep)$/, operation: /./ };
  await world.advance('2 hours');
  await world.insist('POST', '/v1/journeys/brief/enroll', { segment: 'members' });
  await world.advance('5 minutes');
  away = undefined;
  expect((await world.report('brief')).ended).toEqual({ exited: 2 });
  expectUse('enroll-members dynamodb:BatchGetItem on main');
  expectUse('enroll-members states:SendTaskFailure on executions');
});

test('an answer that fell before it was written down is worked out again at the end', async () => {
  await world.identify('eda', { plan: 'pro' });
  await world.track('eda', 'Ask');
  await world.drain();
  away = { caller: /^hear-event$/, operation: /^UpdateItem$/, about: 'answered' };
  await world.track('eda', 'Yes');
  await world.advance('1 minute');
  away = undefined;
  await world.advance('1 hour');
  expect((await world.report('asking')).ended).toEqual({ completed: 1 });
  expectUse('end-run dynamodb:Query on catalogue');
  expectUse('end-run dynamodb:Query on main');
});

test('an erasure that fell is done by the sweep, with run and device', async () => {
  await enter('eve');
  const body = { userId: 'eve', app: 'android', token: 'token-of-eve', consent: true };
  await request('POST', '/v1/devices', { headers: key, body });
  await world.drain();
  const id = await idOf('eve');
  away = { caller: /^erase-contact$/, operation: /^Query$/, about: 'R#' };
  expect((await world.ask('DELETE', `/v1/contacts/${id}`)).status).toBe(500);
  away = undefined;
  await world.advance('1 hour');
  expect(await world.world.store.main.query({ pk: `C#${id}`, prefix: 'R#' })).toEqual([]);
  expectUse('sweep states:SendTaskFailure on executions');
  expectUse('sweep sns:DeleteEndpoint on push-apps');
});

test('a template that is not uploaded yet is sent as a test with the parts that are', async () => {
  const template = { channel: 'email', subject: 'Try', text: 'Hello. {{ links.unsubscribe }}' };
  const { alarm } = world.world.client;
  await world.insist('POST', '/v1/templates/not-yet/test', { to: alarm, template });
  expectUse('send-test dynamodb:Query on catalogue');
});

describe('what was parked', () => {
  const tried = /^(hear-event|sweep|manage-quarantine)$/;
  const feedback = /^take-feedback$/;
  const parked = async () =>
    (await world.insist<{ entries: { id: string }[] }>('GET', '/v1/quarantine')).entries;
  const replayAll = async (): Promise<void> => {
    for (const { id } of await parked()) await world.insist('POST', `/v1/quarantine/${id}/replay`);
    await world.drain();
    expect(await parked()).toEqual([]);
  };

  test('is read in pages by whoever looks how the client is', async () => {
    await enter('pat');
    away = { caller: feedback, operation: /./ };
    const [sent] = await world.mails('pat');
    await world.world.feedback({ sendId: sent!.sendId!, type: 'complaint' });
    await world.advance('1 hour');
    away = undefined;
    expect(await parked()).toHaveLength(1);
    expect(await world.insist('GET', '/v1/status')).toMatchObject({ quarantine: { entries: 1 } });
    expectUse('read-status dynamodb:BatchGetItem on main');
  });

  test('of a mailbox is heard when it is replayed, after segments that changed', async () => {
    await newWords();
    await replayAll();
    expectUse('manage-quarantine dynamodb:PutItem on catalogue');
  });

  test('of a telephone and of a device is answered and looked up when it is replayed', async () => {
    const sms = { id: 's', type: 'sms', text: 'Hello' };
    const push = { id: 'p', type: 'push', title: 'Hello', body: 'World' };
    await world.publish({ id: 'everywhere', enter: on('Everywhere'), steps: [sms, push] });
    await world.identify('tom', { phone: '+4915112345678', consent: ['sms'] });
    const body = { userId: 'tom', app: 'android', token: 'token-of-tom', consent: true };
    await request('POST', '/v1/devices', { headers: key, body });
    await world.track('tom', 'Everywhere');
    await world.drain();
    const outbox = await world.world.outbox();
    const sendIdOf = (channel: string): string =>
      outbox.findLast((message) => message.channel === channel)!.sendId!;
    away = { caller: feedback, operation: /./ };
    await world.world.feedback({ sendId: sendIdOf('sms'), type: 'reply', text: 'STOP' });
    await world.world.feedback({ sendId: sendIdOf('push'), type: 'bounce' });
    await world.advance('1 hour');
    away = undefined;
    await replayAll();
    expectUse('manage-quarantine sns:Publish on sms');
    expectUse('manage-quarantine sns:GetEndpointAttributes on push-apps');
  });

  test('of events ends runs, answers them and asks for addresses when it is replayed', async () => {
    await world.publish({
      ...{ id: 'until-no', enter: on('Begin'), exit: [{ on: { event: 'No' } }], steps: [rest] },
    });
    await world.identify('zoe', { plan: 'pro' });
    for (const event of ['Begin', 'Ask']) await world.track('zoe', event);
    await world.drain();
    away = { caller: tried, operation: /^Query$/, about: 'J#' };
    for (const event of ['No', 'Yes']) await world.track('zoe', event);
    const body = { email: 'zack@example.com', agree: 'yes' };
    expect((await request('POST', '/v1/forms/news', { body })).status).toBe(202);
    await world.advance('73 hours');
    away = undefined;
    expect((await parked()).length).toBeGreaterThanOrEqual(3);
    await replayAll();
    expectUse('manage-quarantine states:SendTaskFailure on executions');
    expectUse('manage-quarantine states:SendTaskSuccess on executions');
    expectUse('manage-quarantine ses:SendRawEmail on ses-identity');
  });
});
