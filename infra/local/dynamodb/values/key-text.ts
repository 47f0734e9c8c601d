import { compareBytes, compareStrings } from './compare.ts';
import { encodeNumber } from './number.ts';
import type { ScalarType, Value } from './value.ts';

/** A key as SQLite keeps it: text and bytes both sort by their bytes, which is the service's order. */
export type KeyColumn = string | Uint8Array;

export const keyColumn = (value: Value, type: ScalarType): KeyColumn =>
  type === 'S' ? value.S! : type === 'N' ? encodeNumber(value.N!) : value.B!;

/** -1, 0 or 1; columns of one attribute only. */
export const compareColumns = (a: KeyColumn, b: KeyColumn): number =>
  Math.sign(
    typeof a === 'string' && typeof b === 'string'
      ? compareStrings(a, b)
      : compareBytes(a as Uint8Array, b as Uint8Array),
  );

/**
 * The smallest column that sorts after everything that begins with `prefix`;
 * undefined when nothing does.
 */
export const afterPrefix = (prefix: KeyColumn): KeyColumn | undefined =>
  typeof prefix === 'string' ? afterText(prefix) : afterBytes(prefix);

const lastCodePoint = 0x10ffff;

const afterText = (prefix: string): string | undefined => {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === lastCodePoint) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Surrogates are no characters and have no bytes of their own.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return String.fromCodePoint(...points, next);
};

const afterBytes = (prefix: Uint8Array): Uint8Array | undefined => {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length--;
  if (length === 0) return undefined;
  const next = prefix.slice(0, length);
  next[length - 1]!++;
  return next;
};
