import { createHash } from 'node:crypto';
import type { Clock } from '#kernel/clock';

/** What an expression may draw on besides its data. */
export interface Surroundings {
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
}

const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

// AWS refuses one element more than this.
const longestRange = 360_145;

const fail = (message: string): never => {
  throw new Error(message);
};

const partition = (items: unknown, size: unknown): unknown[][] | undefined => {
  if (items === undefined || typeof size !== 'number') return undefined;
  const list = Array.isArray(items) ? items : [items];
  const step = Math.trunc(size);
  if (step < 1 || list.length === 0) return undefined;
  return Array.from({ length: Math.ceil(list.length / step) }, (_, i) =>
    list.slice(i * step, i * step + step),
  );
};

const range = (from: unknown, to: unknown, by: unknown): number[] | number | undefined => {
  if (typeof from !== 'number' || typeof to !== 'number' || typeof by !== 'number') return undefined;
  const [start, end, step] = [Math.trunc(from), Math.trunc(to), Math.trunc(by)];
  const length = step === 0 ? 0 : Math.floor((end - start) / step) + 1;
  if (length < 1) return undefined;
  if (length > longestRange) fail('Expression evaluation memory limit exceeded');
  return length === 1 ? start : Array.from({ length }, (_, i) => start + i * step);
};

const hash = (data: unknown, algorithm: unknown): string | undefined => {
  if (data === undefined || algorithm === undefined) return undefined;
  const name = algorithms[String(algorithm)];
  if (!name) return fail(`The hash algorithm ${String(algorithm)} is not supported`);
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(name).update(text).digest('hex');
};

/** mulberry32: the same seed always draws the same number. */
const seeded = (seed: number): number => {
  let t = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** A version 4 UUID drawn from `random`. */
export const uuid = (random: () => number): string =>
  'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (slot) => {
    const digit = Math.floor(random() * 16);
    return (slot === 'x' ? digit : (digit & 3) | 8).toString(16);
  });

const parse = (text: unknown): unknown => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(String(text));
  } catch {
    return fail('The argument of $parse is not valid JSON');
  }
};

/** The functions that Step Functions adds to JSONata, and the two that tell the time. `$eval` is taken away. */
export const serviceFunctions = ({ clock, random }: Surroundings) => ({
  partition,
  range,
  hash,
  parse,
  random: (seed?: number) => (seed === undefined ? random() : seeded(seed)),
  uuid: () => uuid(random),
  millis: () => clock.now(),
});
