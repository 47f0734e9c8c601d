import { afterEach, beforeEach, expect, test } from 'vitest';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
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
