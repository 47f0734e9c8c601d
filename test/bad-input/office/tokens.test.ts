import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice, tokens } from './world.ts';

let office: Office;
let other: Office;
beforeAll(async () => {
  office = await openOffice();
  other = await openOffice();
});
afterAll(() => Promise.all([office.close(), other.close()]));

const works = async (): Promise<void> => {
  expect((await office.ask('GET', '/v1/me')).json()).toMatchObject({ name: 'local', role: 'admin' });
};
const add = async (of: Office, body: object) =>
  (await of.ask('POST', '/v1/tokens', { body })).json<{ id: string; token: string }>();

const noToken = 'Send "Authorization: Bearer TOKEN" with a token of this API.';
const unknown = 'This token is not known here, has ended, or was withdrawn.';
const t = tokens.admin;

test.each<[string, string, string]>([
  ['no scheme', t, noToken],
  ['another scheme', `Basic ${btoa(`${t}:`)}`, noToken],
  ['no token', 'Bearer', noToken],
  ['a blank token', 'Bearer ', noToken],
  ['two spaces', `Bearer  ${t}`, noToken],
  ['two tokens', `Bearer ${t} ${t}`, noToken],
  ['two tokens with a comma', `Bearer ${t}, Bearer ${t}`, noToken],
  ['letters beyond ASCII', 'Bearer tökén', noToken],
  ['a control character', `Bearer ${t}\u0001`, noToken],
  ['seven thousand letters', `Bearer ${'a'.repeat(7_000)}`, noToken],
  ['a letter less', `Bearer ${t.slice(0, -1)}`, unknown],
  ['a letter more', `Bearer ${t}x`, unknown],
  ['other capitals', `Bearer ${t.toUpperCase()}`, unknown],
  ['quotes', `Bearer "${t}"`, unknown],
  ['its own hash', `Bearer ${'0'.repeat(64)}`, unknown],
  ['the public key', 'Bearer wk_acme', unknown],
  ['what looks like a key of the table', 'Bearer TOKEN#local', unknown],
])('%s lets nobody in, and the next one works', async (_, authorization, detail) => {
  const answer = await office.ask('GET', '/v1/me', { token: '', headers: { authorization } });
  expect(answer.json()).toEqual({
    ...{ type: 'urn:problem:wayleaf:unauthorized', title: 'Unauthorized', status: 401, code: 'unauthorized' },
    detail,
  });
  await works();
});

test('the scheme may be written in any case', async () => {
  const headers = { authorization: `bEARER ${t}` };
  expect((await office.ask('GET', '/v1/me', { token: '', headers })).status).toBe(200);
});

test('one that has ended, was revoked, was replaced or is of another client is refused as one that never was', async () => {
  const never = await office.ask('GET', '/v1/contacts/nobody', { token: 'wayleaf_never' });
  const ended = await add(office, { name: 'ended', role: 'admin', validFor: '1 minute' });
  const revoked = await add(office, { name: 'revoked', role: 'admin' });
  const replaced = await add(office, { name: 'replaced', role: 'admin' });
  const foreign = await add(other, { name: 'foreign', role: 'admin' });
  expect((await other.ask('GET', '/v1/me', { token: foreign.token })).status).toBe(200);
  await office.ask('DELETE', `/v1/tokens/${revoked.id}`);
  await office.ask('POST', `/v1/tokens/${replaced.id}/rotate`, { body: { leaked: true } });
  await office.world.advance('1 minute');
  for (const { token } of [ended, revoked, replaced, foreign]) {
    const { status, text } = await office.ask('GET', '/v1/contacts/nobody', { token });
    expect([status, text]).toEqual([401, never.text]);
  }
  await works();
});

test('what another client has is answered as what nobody has', async () => {
  const key = { authorization: `Basic ${btoa('wk_acme:')}` };
  const body = { userId: 'ada', traits: { email: 'ada@example.com' } };
  await other.world.http({ method: 'POST', path: '/v1/identify', headers: key, body });
  await other.world.advance('1 minute');
  const { id } = (await other.ask('GET', '/v1/contacts?userId=ada')).json<{ id: string }>();
  for (const path of ['', '/timeline', '/consent', '/export']) {
    const [theirs, nobodys] = await Promise.all(
      [id, 'z'.repeat(20)].map((one) => office.ask('GET', `/v1/contacts/${one}${path}`)),
    );
    expect([theirs?.status, theirs?.text]).toEqual([404, nobodys?.text]);
  }
  const { id: foreign } = await add(other, { name: 'foreign too', role: 'viewer' });
  const revoke = (one: string) => office.ask('DELETE', `/v1/tokens/${one}`);
  expect((await revoke(foreign)).text).toBe((await revoke('z'.repeat(20))).text);
  await works();
});
