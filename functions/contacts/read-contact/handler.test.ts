import { afterEach, beforeEach, expect, test } from 'vitest';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { openPeople } from '#test/builders/stage/people';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let read: Call;

beforeEach(async () => {
  door = await openFrontDoor();
  read = door.open({ record, createHandler });
});
afterEach(() => door.close());

const ask = (query: string) =>
  read({
    method: 'GET',
    route: 'GET /v1/contacts',
    query,
    headers: { authorization: `Bearer ${adminToken}` },
  });

test.each([
  ['no question', ''],
  ['half an address', 'email=ada'],
  ['a number without a country', 'phone=12345'],
  ['a user id that is longer than any', `userId=${'a'.repeat(3000)}`],
  ['a user id that stands for none', 'userId=undefined'],
])('refuses %s', async (_, query) => {
  expect(await ask(query)).toMatchObject({ status: 400, json: { code: 'invalid-query' } });
});

test('nobody has been seen by this name', async () => {
  expect(await ask('userId=ada')).toMatchObject({ status: 404, json: { code: 'unknown-contact' } });
});

test('lists everybody page by page, who came last first, and refuses another page size or cursor', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    ids.unshift((await openPeople(door.store).contact()).id);
    await door.clock.advanceTo(door.clock.now() + 1000, async () => {});
  }
  const seen: string[] = [];
  let query = 'limit=2';
  for (;;) {
    const { contacts, next } = (await ask(query)).json as { contacts: { id: string }[]; next: string | null };
    seen.push(...contacts.map(({ id }) => id));
    if (next === null) break;
    query = `limit=2&cursor=${next}`;
  }
  expect(seen).toEqual(ids);
  for (const wrong of ['limit=0', 'limit=101', 'limit=2&cursor=nobody'])
    expect((await ask(wrong)).status).toBe(400);
});
