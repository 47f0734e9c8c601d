import { validation } from '../errors.ts';

/** ±0.DIGITS × 10^exponent; digits without leading or trailing zeros, empty for zero. */
interface Decimal {
  negative: boolean;
  digits: string;
  exponent: number;
}

const maximumDigits = 38;
const largestMagnitude = 125;
const smallestMagnitude = -130;

const canonicalInteger = /^(?:0|-?[1-9]\d{0,37})$/;
const canonicalFraction = /^-?(?:0|[1-9]\d{0,17})\.\d{0,18}[1-9]$/;
const anyNumber = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/** The one text of a number: no exponent, no leading or trailing zeros, no minus before zero. */
export const canonicalNumber = (text: string): string =>
  canonicalInteger.test(text) || canonicalFraction.test(text) ? text : format(inRange(parse(text)));

export const addNumbers = (a: string, b: string): string => sum(parse(a), parse(b));
export const subtractNumbers = (a: string, b: string): string => sum(parse(a), negated(parse(b)));

/** Compares canonical numbers. Up to 15 digits, doubles tell all of them apart. */
export const compareNumbers = (a: string, b: string): number => {
  if (a === b) return 0;
  if (a.length < 16 && b.length < 16) return Number(a) - Number(b);
  const difference = addExactly(parse(a), negated(parse(b)));
  return difference.digits === '' ? 0 : difference.negative ? -1 : 1;
};

/**
 * Bytes that sort as the numbers do: sign, exponent, two digits a byte; all of it inverted and closed
 * by 0xff for negative numbers.
 */
export const encodeNumber = (text: string): Uint8Array => {
  const { negative, digits, exponent } = parse(text);
  if (digits === '') return Uint8Array.of(1);
  const length = Math.ceil(digits.length / 2);
  const bytes = new Uint8Array(length + 2 + (negative ? 1 : 0));
  bytes[0] = negative ? 0 : 2;
  bytes[1] = invertedIf(negative, exponent - 1 - smallestMagnitude);
  for (let i = 0; i < length; i++)
    bytes[i + 2] = invertedIf(negative, Number(digits.slice(2 * i, 2 * i + 2).padEnd(2, '0')) + 1);
  if (negative) bytes[length + 2] = 0xff;
  return bytes;
};

/** What the service counts: a byte for two digits, one for the exponent, one for a minus. */
export const numberSize = (text: string): number => {
  const { negative, digits, exponent } = parse(text);
  if (digits === '') return 1;
  return 1 + Math.ceil((digits.length + Math.abs(exponent % 2)) / 2) + (negative ? 1 : 0);
};

const invertedIf = (inverted: boolean, byte: number): number => (inverted ? 0xff - byte : byte);
const negated = (n: Decimal): Decimal => ({ ...n, negative: !n.negative });

const parse = (text: string): Decimal => {
  const match = anyNumber.exec(text);
  const whole = match?.[2] ?? '';
  const all = whole + (match?.[3] ?? '');
  if (!match || all === '')
    throw validation(`The parameter cannot be converted to a numeric value${text === '' ? '' : `: ${text}`}`);
  const significant = all.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return { negative: false, digits, exponent: 0 };
  const exponent = whole.length - (all.length - significant.length) + Number(match[4] ?? 0);
  return { negative: match[1] === '-', digits, exponent };
};

const inRange = (n: Decimal): Decimal => {
  if (n.digits === '') return n;
  if (n.exponent - 1 > largestMagnitude) throw outOfRange('overflow', 'larger');
  if (n.exponent - 1 < smallestMagnitude) throw outOfRange('underflow', 'smaller');
  if (n.digits.length > maximumDigits)
    throw validation('Attempting to store more than 38 significant digits in a Number');
  return n;
};
const outOfRange = (what: string, than: string) =>
  validation(`Number ${what}. Attempting to store a number with magnitude ${than} than supported range`);

const format = ({ negative, digits, exponent }: Decimal): string => {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return `${sign}${digits}${'0'.repeat(exponent - digits.length)}`;
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
};

const sum = (a: Decimal, b: Decimal): string => format(inRange(addExactly(a, b)));

const addExactly = (a: Decimal, b: Decimal): Decimal => {
  const unit = Math.min(unitOf(a), unitOf(b));
  const total = inUnits(a, unit) + inUnits(b, unit);
  const negative = total < 0n;
  const all = String(negative ? -total : total);
  const digits = total === 0n ? '' : all.replace(/0+$/, '');
  return { negative, digits, exponent: digits === '' ? 0 : all.length + unit };
};
/** Power of ten of the last digit. */
const unitOf = (n: Decimal): number => n.exponent - n.digits.length;
const inUnits = (n: Decimal, unit: number): bigint => {
  const coefficient = BigInt(n.digits || '0') * 10n ** BigInt(n.digits === '' ? 0 : unitOf(n) - unit);
  return n.negative ? -coefficient : coefficient;
};
