import { brokenIn, namesOf } from './broken.ts';
import { faultsOf, faultTable, holdsLong } from './faults.ts';
import { live } from './life.ts';
import { rollDice } from './seeded.ts';

let expected: Promise<string[]> | undefined;

/** What a life without faults sends. */
export const expectedSends = (): Promise<string[]> => {
  expected ??= live(0, []).then(namesOf);
  return expected;
};

/** One life with the faults of its seed. */
export const trySeed = async (seed: number) => {
  const faults = faultsOf(seed, rollDice(seed + 0.25));
  const lived = await live(
    seed,
    faults.map((name) => faultTable[name]!),
  );
  const mayBeStale = faults.some((name) => holdsLong.has(name));
  const broken = brokenIn(lived, { expected: await expectedSends(), mayBeStale });
  return { broken: broken.map((what) => `seed ${seed}, ${faults.join(' and ')}: ${what}`), lived };
};
