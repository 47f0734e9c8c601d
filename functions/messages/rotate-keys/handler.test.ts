import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressOfLink, type LinkPurpose } from '#channels/links';
import { listLinkKeys } from '#store/catalogue/rotate-keys';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createHandler as createClick } from '../track-click/handler.ts';
import { record as clickRecord } from '../track-click/record.ts';
import { createHandler as createLeave } from '../unsubscribe/handler.ts';
import { record as leaveRecord } from '../unsubscribe/record.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
const url = 'https://www.acme.example/trial';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let door: FrontDoor;
let rotateBy: Call;
let click: Call;
let leave: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  rotateBy = door.open({ record, createHandler });
  click = door.open({ record: clickRecord, createHandler: createClick });
  leave = door.open({ record: leaveRecord, createHandler: createLeave });
});
afterEach(() => door.close());

const rotate = (body?: object) =>
  rotateBy({
    method: 'POST',
    path: '/v1/keys/rotate',
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const wait = (ms: number) => door.clock.advanceTo(door.clock.now() + ms, async () => {});
/** As whoever sends now signs it. */
const link = async (purpose: LinkPurpose): Promise<string> => {
  const { links } = await door.store.keys();
  const facts = { sendId: 's', channel: 'email', madeAt: door.clock.now(), url };
  return addressOfLink(links, '', purpose, facts);
};
const follow = async (path: string): Promise<number> => {
  const [, kind, token = ''] = path.split('/');
  const call = kind === 'c' ? click : leave;
  return (await call({ path, route: `GET /${kind}/{token}`, parameters: { token } })).status;
};

describe('a new key for links', () => {
  it('is announced, signs an hour later, and the old links work on for the stated time', async () => {
    const old = await link('click');
    expect(await follow(old)).toBe(302);
    const { json } = await rotate({ oldFor: '60 days' });
    expect(json.keys).toMatchObject([
      { id: 'k1', use: 'signs', verifiesUntil: '2026-04-30T10:00:00.000Z' },
      { id: 'k2', use: 'next', signsFrom: '2026-03-01T10:00:00.000Z' },
    ]);
    await wait(hourMs);
    const young = await link('click');
    expect([old.slice(3, 5), young.slice(3, 5)]).toEqual(['k1', 'k2']);
    expect([await follow(old), await follow(young)]).toEqual([302, 302]);
    await wait(60 * dayMs - 1);
    expect(await follow(old)).toBe(302);
    await wait(1);
    expect([await follow(old), await follow(young)]).toEqual([404, 302]);
  });

  it('is known to a function that read the keys just before', async () => {
    await follow(await link('click'));
    await rotate();
    await wait(hourMs);
    expect(await follow(await link('click'))).toBe(302);
  });

  it('may come again and again, and every link holds its own time', async () => {
    const links: string[] = [];
    for (let i = 0; i < 4; i++) {
      links.push(await link('click'));
      expect((await rotate()).status).toBe(200);
      await wait(30 * dayMs);
    }
    for (const old of links) expect(await follow(old)).toBe(302);
    await wait(400 * dayMs);
    for (const old of links) expect(await follow(old)).toBe(404);
    await rotate();
    expect((await listLinkKeys(door.store)).keys.map(({ id }) => id)).toEqual(['k5', 'k6']);
  });

  it('comes once when two ask at the same time', async () => {
    const answers = await Promise.all([rotate(), rotate(), rotate()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await rotate()).toMatchObject({ status: 409, json: { code: 'rotation-under-way' } });
    expect((await listLinkKeys(door.store)).keys).toHaveLength(2);
  });

  it('after a leak signs at once, and the old links only unsubscribe', async () => {
    const [oldClick, oldLeave] = [await link('click'), await link('unsubscribe')];
    await follow(oldClick);
    await rotate({ leaked: true });
    await wait(60_000);
    await door.store.keys(0);
    expect(await follow(await link('click'))).toBe(302);
    await wait(15 * 60_000);
    expect([await follow(oldClick), await follow(oldLeave)]).toEqual([404, 200]);
  });

  it('shows its bytes to nobody', async () => {
    const { json } = await rotateBy({ method: 'GET', path: '/v1/keys', headers });
    expect(json).toEqual({ keys: [{ id: 'k1', use: 'signs' }], copied: false });
    expect(door.logs.join()).not.toMatch(/signing/);
  });

  it.each([
    [{ oldFor: '30 days' }, 'links must work on for 31 to 3650 days'],
    [{ oldFor: '4000 days' }, 'links must work on for 31 to 3650 days'],
    [{ oldFor: 'for ever' }, ''],
    [{ oldfor: '60 days' }, ''],
    [{ leaked: 'yes' }, ''],
  ])('refuses %o', async (body, message) => {
    const { status, json } = await rotate(body);
    expect(status).toBe(422);
    expect(JSON.stringify(json.issues)).toContain(message);
    expect((await listLinkKeys(door.store)).keys).toHaveLength(1);
  });

  it('refuses whoever has no token', async () => {
    expect((await rotateBy({ method: 'POST', path: '/v1/keys/rotate' })).status).toBe(401);
  });
});
