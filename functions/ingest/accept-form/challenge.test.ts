import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as secrets from '#functions/api/keep-secret/handler';
import { record as secretsRecord } from '#functions/api/keep-secret/record';
import { answered } from '#infra/local/played-web';
import { adminToken, type Call, demoForm, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let open: Call;
let keep: Call;
beforeEach(async () => {
  const checked = (provider: 'turnstile' | 'hcaptcha') => ({
    ...demoForm,
    challenge: { provider, secret: 'widget' },
  });
  door = await openFrontDoor({ demo: checked('turnstile'), other: checked('hcaptcha'), plain: demoForm });
  open = door.open({ record, createHandler });
  const admin = door.open({ record: secretsRecord, createHandler: secrets.createHandler });
  keep = (asked) =>
    admin({
      ...{ method: 'PUT', route: 'PUT /v1/secrets/{name}', parameters: { name: 'widget' } },
      ...asked,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    });
});
afterEach(() => door.close());

const post = (fields: object, form = 'demo') =>
  open({
    route: 'POST /v1/forms/{form}',
    parameters: { form },
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.com', ...fields }),
  });
const solved = { 'cf-turnstile-response': 'token-1' };
const says = (verdict: object) => door.web.answer(() => answered(200, verdict));
const secret = () => keep({ body: JSON.stringify({ value: 's3cret' }) });

describe('a form with a challenge', () => {
  test.each([
    ['demo', 'cf-turnstile-response', 'https://challenges.cloudflare.com/turnstile/v0/siteverify'],
    ['other', 'h-captcha-response', 'https://api.hcaptcha.com/siteverify'],
  ])('%s asks its service once, and takes who passed', async (form, field, url) => {
    expect((await secret()).status).toBe(204);
    says({ success: true, hostname: 'www.acme.example' });
    expect(await post({ [field]: 'token-1' }, form)).toMatchObject({ status: 202 });
    expect(door.web.calls).toMatchObject([{ url, body: 'secret=s3cret&response=token-1' }]);
    expect(await door.contactOf('ada@example.com')).toBeDefined();
  });

  test.each([
    ['no token', {}, { success: true }],
    ['a token that is a list', { 'cf-turnstile-response': ['a'] }, { success: true }],
    ['a token that failed', solved, { success: false, 'error-codes': ['timeout-or-duplicate'] }],
    ["a token of somebody else's page", solved, { success: true, hostname: 'evil.example' }],
  ])('refuses %s', async (_, fields, verdict) => {
    await secret();
    says(verdict);
    const { status, json } = await post(fields);
    expect([status, json.code]).toEqual([422, 'challenge-failed']);
    expect(await door.contactOf('ada@example.com')).toBeUndefined();
    says({ success: true });
    expect((await post(solved)).status).toBe(202);
  });

  test('takes the second try of the same post, whose token is used up', async () => {
    await secret();
    says({ success: true });
    await post(solved);
    says({ success: false });
    expect((await post(solved)).status).toBe(202);
    expect(door.web.calls).toHaveLength(1);
  });

  test.each([
    ['does not answer', () => ({ kind: 'failed', reason: 'timeout' }) as const],
    ['is broken', () => answered(503, 'oops')],
    ['answers something else', () => answered(200, '<html>')],
  ])('takes the lead when the service %s, and the log says so', async (_, answer) => {
    await secret();
    door.web.answer(answer);
    expect((await post(solved)).status).toBe(202);
    expect(door.logs.join()).toContain('challenge-not-answered');
  });

  test('without its secret takes everybody, and the log is loud', async () => {
    expect((await post(solved)).status).toBe(202);
    expect(door.logs.join()).toContain('error challenge-without-secret');
  });
});

test('a form without one asks nobody', async () => {
  await post(solved, 'plain');
  expect(door.web.calls).toEqual([]);
});

test('refuses a secret without a name or with odd letters', async () => {
  const code = async (asked: object) => (await keep(asked)).json.code;
  expect(await code({ body: '{"value":"a b"}' })).toBe('invalid-body');
  expect(await code({ body: '{"value":"x"}', parameters: { name: 'A/b' } })).toBe('invalid-name');
});
