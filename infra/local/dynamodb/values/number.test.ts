import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNumbers,
  canonicalNumber,
  compareNumbers,
  encodeNumber,
  numberSize,
  subtractNumbers,
} from './number.ts';

/** Numbers of the service's whole range, as text. */
const number = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 38n - 1n }), fc.integer({ min: -130, max: 87 }))
  .map(([negative, digits, exponent]) => `${negative ? '-' : ''}${digits}e${exponent}`);

/** The same number in units of 10^-200, which holds every digit of the range. */
const exactly = (text: string): bigint => {
  const [digits, exponent] = text.split('e') as [string, string];
  return BigInt(digits) * 10n ** BigInt(200 + Number(exponent));
};
const sign = (n: bigint): number => (n > 0n ? 1 : n < 0n ? -1 : 0);

describe('the text of a number', () => {
  it.each([
    ['1.0', '1'],
    ['-0', '0'],
    ['0e500', '0'],
    ['00012', '12'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-1.50', '-1.5'],
    ['1e3', '1000'],
    ['1e-3', '0.001'],
    ['1E38', `1${'0'.repeat(38)}`],
    ['12345678901.234567890123456789012345678', '12345678901.234567890123456789012345678'],
    ['9007199254740993', '9007199254740993'],
  ])('%s is %s', (given, canonical) => {
    expect(canonicalNumber(given)).toBe(canonical);
  });

  it.each(['', 'x', ' 1', '1 ', '0x1', 'NaN', 'Infinity', '1_0', '.', '-', 'e5', '1e', '--1'])(
    'refuses "%s"',
    (given) => {
      expect(() => canonicalNumber(given)).toThrow('cannot be converted to a numeric value');
    },
  );

  it('refuses what is too large, too small or too exact', () => {
    expect(() => canonicalNumber('1e126')).toThrow('Number overflow');
    expect(() => canonicalNumber('1e-131')).toThrow('Number underflow');
    expect(() => canonicalNumber('1'.repeat(39))).toThrow('more than 38 significant digits');
  });

  it('is the same however the number was written', () => {
    fc.assert(
      fc.property(number, (text) => {
        const canonical = canonicalNumber(text);
        expect(canonicalNumber(canonical)).toBe(canonical);
        expect(compareNumbers(canonical, canonicalNumber(`${text}`))).toBe(0);
      }),
    );
  });
});

describe('arithmetic', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['-1', '1', '0'],
    ['-1.5', '-2.25', '-3.75'],
    ['9007199254740993', '2', '9007199254740995'],
    ['99999999999999999999999999999999999999', '1', `1${'0'.repeat(38)}`],
  ])('%s + %s = %s', (a, b, total) => {
    expect(addNumbers(a, b)).toBe(total);
    expect(subtractNumbers(total, b)).toBe(canonicalNumber(a));
  });

  it('refuses a sum of more than 38 digits', () => {
    expect(() => addNumbers('1e38', '1')).toThrow('more than 38 significant digits');
  });
});

describe('order', () => {
  it('is the order of the numbers', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const order = compareNumbers(canonicalNumber(a), canonicalNumber(b));
        expect(Math.sign(order)).toBe(sign(exactly(a) - exactly(b)));
      }),
    );
  });

  it('is the order of the bytes of a key', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const order = Buffer.compare(encodeNumber(canonicalNumber(a)), encodeNumber(canonicalNumber(b)));
        expect(order).toBe(sign(exactly(a) - exactly(b)));
      }),
    );
  });

  // Found by the comparison with DynamoDB Local: the exponent of the largest numbers did not fit its byte.
  it('holds at both ends of the range', () => {
    const ascending = ['-9.9e125', '-1e125', '-1', '-1e-130', '0', '1e-130', '1', '12', '1e125', '9.9e125'];
    const bytes = ascending.map((text) => encodeNumber(canonicalNumber(text)));
    expect(bytes.toSorted(Buffer.compare)).toEqual(bytes);
  });
});

describe('size', () => {
  it.each([
    ['0', 1],
    ['1', 2],
    ['100', 2],
    ['12.3', 3],
    ['1234', 3],
    ['-123', 4],
    ['0.001', 2],
  ])('%s takes %i bytes', (text, bytes) => {
    expect(numberSize(text)).toBe(bytes);
  });
});
