import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVirtualClock, type WorldClock } from '#infra/local/time/clock';
import { rotateLinkKeys } from '#store/catalogue/rotate-keys';
import { type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createKeyRing, type KeyRing } from './secrets.ts';
import type { Table } from './table.ts';

let door: FrontDoor;
let clock: WorldClock;
let reads: number;
let answer: 'as-it-is' | 'fails' | 'hangs';
let ring: KeyRing;
beforeEach(async () => {
  door = await openFrontDoor();
  clock = createVirtualClock(door.clock.now());
  [reads, answer] = [0, 'as-it-is'];
  const get: Table['get'] = async (key) => {
    reads++;
    if (answer === 'fails') throw new Error('away');
    if (answer === 'hangs') await new Promise(() => {});
    return door.store.catalogue.get(key);
  };
  ring = createKeyRing({ ...door.store.catalogue, get }, clock);
});
afterEach(() => door.close());

const pass = (minutes: number) => clock.advanceTo(clock.now() + minutes * 60_000, async () => {});
const rotate = () => rotateLinkKeys(door.store, { oldForMs: 60 * 86_400_000, leaked: true });
const known = async (maxAgeMs?: number) => Object.keys((await ring(maxAgeMs)).links.byKid);

test('keys are read once in a quarter of an hour', async () => {
  await Promise.all([known(), known(), known()]);
  await pass(14);
  await known();
  expect(reads).toBe(1);
  await rotate();
  await pass(1);
  expect([await known(), reads]).toEqual([['k1', 'k2'], 2]);
});

test('whoever meets an unknown key looks again, once a minute', async () => {
  await known();
  await rotate();
  expect(await known(60_000)).toEqual(['k1']);
  await pass(1);
  expect(await known(60_000)).toEqual(['k1', 'k2']);
  for (let i = 0; i < 100; i++) await known(60_000);
  expect(reads).toBe(2);
});

test.each(['fails', 'hangs'] as const)(
  'what was read goes on when the store %s, and is not waited for',
  async (how) => {
    await known();
    answer = how;
    await pass(60);
    const start = performance.now();
    for (let i = 0; i < 50; i++) expect(await known()).toEqual(['k1']);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(reads).toBe(2);
    answer = 'as-it-is';
    await rotate();
    await pass(1);
    expect(await known()).toEqual(['k1', 'k2']);
  },
);

test('without any key read there is none: the reader comes again', async () => {
  answer = 'fails';
  await expect(known()).rejects.toThrow('away');
  answer = 'as-it-is';
  expect(await known()).toEqual(['k1']);
});
