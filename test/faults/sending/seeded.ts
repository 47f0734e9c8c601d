import { createChance } from '#infra/local/time/chance';

/** What one seed decides: the same seed always decides the same. */
export interface Dice {
  /** In [0, 1). */
  chance(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(of: readonly T[]): T;
}

export const rollDice = (seed: number): Dice => {
  const chance = createChance(seed * 2_654_435_761);
  // The first numbers of near seeds are near each other.
  for (let i = 0; i < 5; i++) chance();
  const between = (low: number, high: number): number => low + Math.floor(chance() * (high - low + 1));
  return { chance, between, pick: (of) => of[between(0, of.length - 1)]! };
};

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ids as `newId` makes them, from a seed. */
export const createIds = (seed: number): (() => string) => {
  const { between } = rollDice(seed + 0.5);
  return () => Array.from({ length: 20 }, () => alphabet[between(0, 31)]).join('');
};
