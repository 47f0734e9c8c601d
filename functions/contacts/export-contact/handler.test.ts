import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyContact } from '#model/contact';
import { newContactWrite } from '#store/contacts/contacts';
import { putEvent } from '#store/contacts/events';
import { main } from '#store/keys';
import { transact } from '#store/table';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let call: Call;
const id = 'c'.repeat(20);
const at = '2026-03-01T09:00:00.000Z';
beforeEach(async () => {
  door = await openFrontDoor();
  call = door.open({ record, createHandler });
  const identities = [main.identity('email', 'ada@example.com')];
  await transact(door.store.dynamodb, [newContactWrite(door.store, emptyContact(id, at), identities)]);
});
afterEach(() => door.close());

const ask = (query = '', contact = id) =>
  call({
    ...{ method: 'GET', route: 'GET /v1/contacts/{id}/export', path: `/v1/contacts/${contact}/export` },
    ...{ parameters: { id: contact }, query, headers: { authorization: `Bearer ${adminToken}` } },
  });
const fill = (count: number, bytes: number) =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      putEvent(door.store, {
        ...({ type: 'track', name: 'Seen', depth: 0, state: 'heard' } as const),
        ...{ id: `e-${i}`, contact: id, at, happenedAt: at, properties: { text: 'x'.repeat(bytes) } },
      }),
    ),
  );

test('a short history is one answer, as a file', async () => {
  await fill(3, 10);
  const { status, json, headers } = await ask();
  expect([status, json.next]).toEqual([200, undefined]);
  expect(headers['content-disposition']).toBe(`attachment; filename="contact-${id}.json"`);
  expect(json).toMatchObject({ contact: { id }, identities: [{ kind: 'email', value: 'ada@example.com' }] });
  expect(json.events).toHaveLength(3);
});

test('a long one comes in parts below what Lambda answers, each item once', async () => {
  await fill(450, 20_000);
  const seen: string[] = [];
  let next: string | undefined;
  let parts = 0;
  do {
    const { json, text } = await ask(next ? `after=${next}` : '');
    expect(text.length).toBeLessThan(5_000_000);
    seen.push(...(json.events as { id: string }[]).map((event) => event.id));
    next = json.next as string | undefined;
    parts++;
  } while (next);
  expect([parts, seen.length, new Set(seen).size]).toEqual([3, 450, 450]);
});

test('refuses a place that is none, and a contact that is none', async () => {
  expect(await ask('after=nonsense')).toMatchObject({ status: 400, json: { code: 'invalid-cursor' } });
  expect(await ask('', 'nobody')).toMatchObject({ status: 404, json: { code: 'unknown-contact' } });
});
