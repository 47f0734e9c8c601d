import { brokenIn, namesOf } from './broken.ts';
import { faultsOf, faultTable, holdsLong } from './faults.ts';
import { type Lived, live } from './life.ts';
import { rollDice } from './seeded.ts';

let usual: Promise<Lived> | undefined;

/** A life without faults. */
export const usualLife = (): Promise<Lived> => {
  usual ??= live(0, {});
  return usual;
};
export const expectedSends = async (): Promise<string[]> => namesOf(await usualLife());

/** One life with the faults of its seed. */
export const trySeed = async (seed: number) => {
  const faults = faultsOf(seed, rollDice(seed + 0.25));
  const named = Object.fromEntries(faults.map((name) => [name, faultTable[name]!]));
  const lived = await live(seed, named, (await usualLife()).calls);
  const mayBeStale = faults.some((name) => holdsLong.has(name));
  const broken = brokenIn(lived, { expected: await expectedSends(), mayBeStale });
  return { broken: broken.map((what) => `seed ${seed}, ${faults.join(' and ')}: ${what}`), lived };
};
