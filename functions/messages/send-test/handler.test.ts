import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedTemplate } from '#functions/journeys/publishing/parts';
import { putDocument } from '#store/catalogue/documents';
import { suppressAddress } from '#store/contacts/suppressions';
import { adminToken, type FrontDoor, openFrontDoor, type Reply } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let ask: (id: string, body: object) => Promise<Reply>;
beforeAll(async () => {
  door = await openFrontDoor();
  const put = async (id: string, source: object) => {
    const { stored } = await storedTemplate(id, source, undefined, {});
    await putDocument(door.store, 'template', id, stored, { owner: 'api' });
  };
  await put('hello', { channel: 'email', subject: 'Hello', text: 'Hi' });
  await put('text', { channel: 'sms', text: 'Hi', languages: { de: { text: 'Moin' } } });
  const send = door.open({ record, createHandler });
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  ask = (id, body) =>
    send({
      ...{ method: 'POST', path: `/v1/templates/${id}/test`, parameters: { id }, headers },
      body: JSON.stringify(body),
    });
});
afterAll(() => door.close());

const colleague = 'ops@acme.example';

test('an outcome that nobody knows is said to be so, and is not tried again', async () => {
  const { status, json } = await ask('hello', { to: colleague });
  expect([status, json.code]).toEqual([503, 'unknown-outcome']);
  expect(json.detail).toContain('it may have been sent');
});

test('who said no, or whose mailbox is gone, gets no test mail either', async () => {
  const at = new Date(0).toISOString();
  await suppressAddress(
    door.store,
    { channel: 'email', address: 'team@acme.example' },
    { reason: 'complaint', at },
  );
  const { status, json } = await ask('hello', { to: 'Team@acme.example' });
  expect([status, json.code]).toEqual([409, 'suppressed']);
});

test('texts are not sent, and what nobody knows is refused', async () => {
  expect((await ask('text', { to: colleague })).json.code).toBe('not-a-mail');
  expect((await ask('nothing', { to: colleague })).json.code).toBe('unknown-template');
  expect((await ask('hello', { to: colleague, contact: 'nobody@example.com' })).json.code).toBe(
    'unknown-contact',
  );
  expect((await ask('hello', { to: 'no address' })).status).toBe(422);
});

test('no log tells an address', () => {
  expect(door.logs.join('\n')).toContain('test-send-failed');
  expect(door.logs.join('\n')).not.toMatch(/@\w+\.example/);
});
