import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** How many cases, and from which seed on; the same each time, so that a red run is red for everybody. */
const count = Number(process.env.WAYLEAF_CASES ?? 1000);
const from = Number(process.env.WAYLEAF_SEED ?? 1);
/** The other processors have the other tests. */
const shares = Math.min(4, Math.ceil(availableParallelism() / 2));

interface Counts {
  cases: number;
  telling: number;
  sends: number;
  tied: number;
}

/** In a process of its own: a world keeps one processor busy. Its first line counts, what follows explains a failure. */
const tryShare = (first: number, size: number): Promise<Counts> =>
  new Promise((resolve, reject) => {
    const args = [join(import.meta.dirname, 'run.ts'), String(size), String(first)];
    execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${stdout}${stderr}`)) : resolve(JSON.parse(stdout.split('\n', 1)[0] ?? '')),
    );
  });

test('the compiled machine does what a naive reading of the document says', {
  timeout: 180_000 + count * 1000,
}, async () => {
  const size = Math.ceil(count / shares);
  const tallies = await Promise.all(
    Array.from({ length: shares }, (_, i) => tryShare(from + i * size, size)),
  );
  const sum = (name: keyof Counts): number => tallies.reduce((all, tally) => all + tally[name], 0);
  expect(sum('cases')).toBeGreaterThanOrEqual(count);
  // Cases that say nothing would prove nothing.
  expect(sum('telling')).toBeGreaterThan(count * 0.7);
  expect(sum('sends')).toBeGreaterThan(count * 0.5);
  expect(sum('tied')).toBeLessThan(count * 0.05 + 3);
});
