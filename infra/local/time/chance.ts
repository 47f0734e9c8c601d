import { randomBytes } from 'node:crypto';

/** Numbers in [0, 1): the same from the same seed (mulberry32), else from the machine's own chance. */
export const createChance = (seed: number | undefined): (() => number) => {
  if (seed === undefined) return () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48;
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};
