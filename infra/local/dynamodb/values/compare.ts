import { compareNumbers } from './number.ts';
import { attribute, type Item, typeOf, type Value } from './value.ts';

/** By UTF-8 bytes, as the service sorts; JavaScript's own order differs where surrogates meet U+E000 to U+FFFF. */
export const compareStrings = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return byCodePoint(x) - byCodePoint(y);
  }
  return a.length - b.length;
};
/** Surrogates stand for code points above every other unit. */
const byCodePoint = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;

export const compareBytes = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b);

/** Undefined when the two cannot be ordered. Both are canonical. */
export const compareValues = (a: Value, b: Value): number | undefined => {
  if (a.S !== undefined && b.S !== undefined) return compareStrings(a.S, b.S);
  if (a.N !== undefined && b.N !== undefined) return compareNumbers(a.N, b.N);
  if (a.B !== undefined && b.B !== undefined) return compareBytes(a.B, b.B);
  return undefined;
};

/** Deep equality of canonical values: sets are sorted, numbers have one text. */
export const sameValue = (a: Value, b: Value): boolean => {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (type === 'B') return compareBytes(a.B!, b.B!) === 0;
  if (type === 'M') return sameItem(a.M!, b.M!);
  if (type === 'L') return sameAll(a.L!, b.L!, sameValue);
  if (type === 'BS') return sameAll(a.BS!, b.BS!, (x, y) => compareBytes(x, y) === 0);
  if (type === 'SS' || type === 'NS') return sameAll(a[type]!, b[type]!, (x, y) => x === y);
  return a[type] === b[type];
};

export const sameItem = (a: Item, b: Item): boolean => {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const other = attribute(b, name);
      return other !== undefined && sameValue(a[name]!, other);
    })
  );
};

const sameAll = <T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean =>
  a.length === b.length && a.every((x, i) => same(x, b[i]!));
