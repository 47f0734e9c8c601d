import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, clientSchema } from '#model/client';
import type { limitsSchema } from '#model/limits';
import { type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { aRequest } from '#test/builders/http-request';
import { aClient } from '#test/builders/message-order';
import { callerOf, createRequestLimits, type RequestLimits } from './limit.ts';

let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
  await door.store.keys();
});
afterEach(() => door.close());

const client = (limits: Partial<(typeof limitsSchema)['_input']>): Client =>
  clientSchema.parse({ ...aClient(), limits });
const perMinute = (atMost: number) => ({ atMost, per: '1 minute' });

/** How many of so many requests are let in. */
const letIn = async (
  check: RequestLimits,
  of: Client,
  times: number,
  { ip = '192.0.2.7', origin = '', key = 'k' } = {},
): Promise<number> => {
  let count = 0;
  for (let i = 0; i < times; i++) {
    const request = aRequest({ ip, headers: origin === '' ? {} : { origin } });
    count += await check(request, of, { of: 'events', key }).then(
      () => 1,
      () => 0,
    );
  }
  return count;
};

describe('requests', () => {
  test('within the limits cost no call at all', async () => {
    const check = createRequestLimits(door.store);
    door.taken();
    expect(await letIn(check, client({ events: perMinute(200) }), 9)).toBe(9);
    expect(door.taken()).toEqual([]);
  });

  test('cost one conditional write for each twentieth of a limit', async () => {
    const check = createRequestLimits(door.store);
    door.taken();
    await letIn(check, client({ events: perMinute(200) }), 100);
    expect(door.taken()).toEqual(Array.from({ length: 10 }, () => 'UpdateItem'));
  });

  test.each([
    ['one caller', { events: perMinute(40) }, {}, { ip: '192.0.2.8' }],
    [
      'one origin',
      { origin: perMinute(40) },
      { origin: 'https://a.example' },
      { origin: 'https://b.example' },
    ],
    ['one key', { key: perMinute(40) }, { key: 'a' }, { key: 'b' }],
  ])('of %s over its limit are refused, with the time to wait, and others are let in', async (...given) => {
    const [, limits, one, other] = given;
    const check = createRequestLimits(door.store);
    const of = client(limits);
    const some = await letIn(check, of, 100, one);
    expect(some).toBeGreaterThanOrEqual(40);
    expect(some).toBeLessThanOrEqual(42);
    await expect(
      check(aRequest({ ip: '192.0.2.7', headers: 'origin' in one ? { origin: one.origin! } : {} }), of, {
        of: 'events',
        key: 'k',
        ...('key' in one ? one : {}),
      }),
    ).rejects.toMatchObject({ status: 429, code: 'too-many-requests', headers: { 'retry-after': '60' } });
    expect(await letIn(check, of, 5, { key: 'other', ip: '192.0.2.9', ...other })).toBe(5);
    await door.clock.advanceTo(door.clock.now() + 60_000, async () => {});
    expect(await letIn(check, of, 5, one)).toBe(5);
  });

  test('are counted together by all instances', async () => {
    const of = client({ events: perMinute(40) });
    const instances = Array.from({ length: 5 }, () => createRequestLimits(door.store));
    let all = 0;
    for (const check of instances) all += await letIn(check, of, 30);
    expect(all).toBeGreaterThanOrEqual(40);
    expect(all).toBeLessThanOrEqual(40 + instances.length * 2);
  });

  test('that are refused write nothing more', async () => {
    const check = createRequestLimits(door.store);
    const of = client({ events: perMinute(20) });
    await letIn(check, of, 50);
    door.taken();
    await letIn(check, of, 100);
    expect(door.taken()).toEqual([]);
  });

  test('of this machine are not limited by caller', async () => {
    const check = createRequestLimits(door.store);
    expect(await letIn(check, client({ events: perMinute(5) }), 20, { ip: '127.0.0.1' })).toBe(20);
  });

  test('leave no address in the table', async () => {
    const keys: string[] = [];
    const update: typeof door.store.main.update = (key, expression) => {
      keys.push(key.pk);
      return door.store.main.update(key, expression);
    };
    const check = createRequestLimits({ ...door.store, main: { ...door.store.main, update } });
    await letIn(check, client({ events: perMinute(1) }), 1);
    expect(keys).toEqual([expect.stringMatching(/^LIMIT#events#[\w-]{43}$/)]);
  });
});

describe('the caller is', () => {
  const caller = (ip: string, forwarded: string | undefined, proxies: number) =>
    callerOf({ ip, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }, proxies);

  test('whoever connected, whatever a header says', () => {
    expect(caller('192.0.2.1', '10.0.0.1', 0)).toBe('192.0.2.1');
  });
  test('whoever connected to the first of our own proxies', () => {
    expect(caller('198.51.100.1', '6.6.6.6, 192.0.2.1, 198.51.100.1', 1)).toBe('192.0.2.1');
    expect(caller('198.51.100.1', '6.6.6.6, 192.0.2.1', 1)).toBe('192.0.2.1');
    expect(caller('198.51.100.1', undefined, 1)).toBe('198.51.100.1');
  });
  test.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:0001:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('the network of %s', (ip, network) => {
    expect(caller(ip, undefined, 0)).toBe(network);
  });
});
