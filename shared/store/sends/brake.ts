import type { BrakeWindow } from '#policy/sending/brake';
import { weightOf, windowNumber } from '#policy/sending/brake';
import { main, ttlAttribute } from '../keys.ts';
import type { Store } from '../store.ts';

const keptSeconds = 3 * 86_400;

const keyOf = (store: Store, window: BrakeWindow) =>
  main.brake(window.per, windowNumber(window, store.clock.now()));

/** @returns how many messages that makes in this window */
export const addToBrake = async (store: Store, window: BrakeWindow): Promise<number> => {
  const item = await store.main.update(keyOf(store, window), {
    update: `ADD used :weight SET ${ttlAttribute} = :end`,
    values: { ':weight': weightOf(window), ':end': Math.floor(store.clock.now() / 1000) + keptSeconds },
  });
  return Number(item.used);
};

export const readBrake = async (store: Store, window: BrakeWindow): Promise<number> =>
  Number((await store.main.get(keyOf(store, window)))?.used ?? 0);

/** Somebody looked at it: the whole of the bound may be used again. */
export const releaseBrake = (store: Store, window: BrakeWindow): Promise<void> =>
  store.main.remove(keyOf(store, window));
