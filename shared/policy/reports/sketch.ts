/**
 * Durations in buckets that grow by a fixed factor (DDSketch: Masson, Rim, Lee, VLDB 2019): a quantile read from
 * them differs from the true one by at most 2 %, and sketches are merged by adding their counts.
 */
export const relativeError = 0.02;

const growth = (1 + relativeError) / (1 - relativeError);
const logGrowth = Math.log(growth);

/** Bucket of a duration in milliseconds; 0 holds all below a second. */
export const bucketOf = (ms: number): number => {
  const seconds = ms / 1000;
  return seconds <= 1 ? 0 : Math.ceil(Math.log(seconds) / logGrowth);
};

/** What a bucket stands for, in milliseconds. */
const valueIn = (bucket: number): number =>
  bucket === 0 ? 1_000 : (2_000 * growth ** bucket) / (growth + 1);

/** @returns milliseconds; undefined where nothing was counted. @param counts by bucket */
export const quantileOf = (counts: ReadonlyMap<number, number>, q: number): number | undefined => {
  const buckets = [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  const all = buckets.reduce((sum, [, n]) => sum + n, 0);
  if (all === 0) return undefined;
  const rank = q * (all - 1);
  let below = 0;
  for (const [bucket, n] of buckets) {
    below += n;
    if (below > rank) return valueIn(bucket);
  }
  return valueIn(buckets.at(-1)![0]);
};
