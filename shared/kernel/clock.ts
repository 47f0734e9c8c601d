/** The only source of time. Handed in; never `Date.now()` in product code. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** ISO 8601 in UTC with milliseconds, the form of every stored time. Sorts as text. */
export const iso = (ms: number): string => new Date(ms).toISOString();
