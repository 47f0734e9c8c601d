import { expect, test } from 'vitest';
import { createVirtualClock } from '#infra/local/time/clock';
import { createLinkRing } from './link-ring.ts';
import type { Keys } from './secrets.ts';

const copy = { current: 'k1', signing: { k1: new Uint8Array(32) }, times: {} };
const links = { current: 'k2', byKid: { k2: new Uint8Array(32) }, leaked: new Set<string>() };
const stored: Keys = { links, hashing: new Uint8Array(32) };

const open = () => {
  const clock = createVirtualClock(Date.UTC(2026, 2, 1, 9));
  const count = { store: 0, copy: 0 };
  const away = new Error('away');
  const state = { store: true, copy: true };
  const keys = async () => {
    count.store++;
    if (!state.store) throw away;
    return stored;
  };
  const readCopy = async () => {
    count.copy++;
    if (!state.copy) throw away;
    return copy;
  };
  const ring = createLinkRing(keys, readCopy, clock);
  const known = async () => (await ring()).links.current;
  const pass = (seconds: number) => clock.advanceTo(clock.now() + seconds * 1000, async () => {});
  return { ring, known, pass, count, state };
};

test('the second home is not asked while the store answers', async () => {
  const { known, count } = open();
  await Promise.all([known(), known()]);
  expect(await known()).toBe('k2');
  expect(count).toEqual({ store: 2, copy: 0 });
});

test('while the store is away the second home is read once, and the store asked every half a minute', async () => {
  const { ring, known, pass, count, state } = open();
  state.store = false;
  for (let i = 0; i < 50; i++)
    expect(await ring()).toMatchObject({ links: { current: 'k1' }, copied: new Set(['k1']) });
  expect(count).toEqual({ store: 1, copy: 1 });
  await pass(30);
  await known();
  expect(count).toEqual({ store: 2, copy: 1 });
  state.store = true;
  expect(await known()).toBe('k1');
  await pass(30);
  expect(await ring()).toEqual({ links });
});

test('whoever finds neither asks both again', async () => {
  const { known, state } = open();
  Object.assign(state, { store: false, copy: false });
  await expect(known()).rejects.toThrow();
  state.copy = true;
  expect(await known()).toBe('k1');
});
