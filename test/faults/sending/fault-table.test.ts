import { beforeEach, expect, test, vi } from 'vitest';
import { faultTable } from './faults.ts';
import { createIds } from './seeded.ts';
import { expectedSends, trySeed, usualLife } from './try.ts';

/** How many lives, and from which seed on; the same each time, so that a red run is red for everybody. */
const count = Number(process.env.WAYLEAF_FAULT_SEEDS ?? 500);
const from = Number(process.env.WAYLEAF_SEED ?? 0);
const names = Object.keys(faultTable);

const ids = vi.hoisted(() => ({ next: (): string => '' }));
vi.mock('#kernel/ids', async (original) => ({ ...(await original<object>()), newId: () => ids.next() }));
beforeEach(() => {
  ids.next = createIds(from);
});

test('a life without faults', async () => {
  console.log(`seeds ${from} to ${from + count - 1} (WAYLEAF_SEED, WAYLEAF_FAULT_SEEDS)`);
  expect(await expectedSends()).toEqual([
    ...['first 1 email', 'first 2 email', 'second 1 email', 'second 2 email', 'tell 2 team'],
  ]);
  const { calls } = await usualLife();
  expect(Object.keys(calls).sort()).toEqual(['end-run', 'hear-event', 'run-step', 'sweep', 'take-feedback']);
});

/**
 * Of its lives, a fault strikes in at least this share: what never happens, nothing is proven about.
 * The rarest strike in three of four; among a dozen lives of other seeds, chance does not come this low.
 */
const strikes = 1 / 3;

/** Those of the seeds in which this fault comes first. */
const seedsOf = (name: string): number[] =>
  Array.from({ length: count }, (_, i) => from + i).filter((seed) => names[seed % names.length] === name);

test.each(names)(
  '%s: at most one send, none after a stop, none silent (I2, I3, I4, I12)',
  async (name) => {
    const broken: string[] = [];
    let struck = 0;
    for (const seed of seedsOf(name)) {
      ids.next = createIds(seed);
      const { broken: found, lived } = await trySeed(seed);
      broken.push(...found);
      if (lived.struck.has(name)) struck++;
    }
    expect(broken).toEqual([]);
    // Of a handful of lives a share says nothing.
    const lives = seedsOf(name).length;
    if (lives >= 10) expect(struck, 'lives in which it struck').toBeGreaterThanOrEqual(lives * strikes);
  },
  60_000 + count * 200,
);
