import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Draw } from './draw.ts';

export type Item = Record<string, AttributeValue>;

const texts = ['a', 'b', 'ab', 'abc', '', 'Z', 'é', '\uffee', '𝄞', '2026-11-22', '5', ' '];
const numbers = [
  ...['0', '-0', '1', '5', '5.0', '-1', '10', '9', '100', '0.1', '0.2', '1.5', '-1.5', '1e3', '00012', '+7'],
  ...['.5', '5.', '1e-3', '12345678901234567890123456789012345678', '99999999999999999999999999999999999999'],
  ...['1e125', '-1e125', '9.9e125', '1e-130', '-1e-130', '3.14159265358979323846264338327950288419', '1E38'],
  ...[
    '0.00000000000000000000000000000000000001',
    '9007199254740993',
    '9007199254740992',
    '0.30000000000000004',
  ],
];
const badNumbers = [
  '',
  'x',
  '1e126',
  '1e-131',
  '123456789012345678901234567890123456789',
  'NaN',
  '0x1',
  ' 1',
];
const bytes = [[], [0], [1, 2], [1], [255], [255, 255], [1, 255]].map((b) => Uint8Array.from(b));

const aText = (draw: Draw): string => draw.pick(texts);
export const aNumber = (draw: Draw): string =>
  draw.chance(0.01) ? draw.pick(badNumbers) : draw.chance(0.5) ? String(draw.below(7)) : draw.pick(numbers);
export const someBytes = (draw: Draw): Uint8Array => draw.pick(bytes);

/** Any value, now and then one that must be refused. */
export const aValue = (draw: Draw, depth = 0): AttributeValue => {
  const kind = draw.below(depth < 2 ? 11 : 8);
  if (kind < 2) return { S: aText(draw) };
  // DynamoDB Local keeps the text of nested numbers as it came; the service does not.
  if (kind < 4) return { N: depth === 0 ? aNumber(draw) : String(draw.below(7)) };
  if (kind === 4) return { BOOL: draw.chance(0.5) };
  if (kind === 5) return { NULL: !draw.chance(0.05) as true };
  if (kind === 6) return { B: someBytes(draw) };
  if (kind === 7) return aSet(draw);
  if (kind === 8) return { L: draw.some(0, 4, () => aValue(draw, depth + 1)) };
  return {
    M: Object.fromEntries(draw.subset(['x', 'y', 'z'], 0.6).map((name) => [name, aValue(draw, depth + 1)])),
  };
};

const least = (draw: Draw): number => (draw.chance(0.02) ? 0 : 1);

export const aSet = (draw: Draw): AttributeValue => {
  const kind = draw.below(3);
  if (kind === 0)
    return {
      SS: distinct(
        draw,
        draw.some(least(draw), 3, () => aText(draw)),
      ),
    };
  if (kind === 1)
    return {
      NS: distinct(
        draw,
        draw.some(least(draw), 3, () => String(draw.below(5))),
      ),
    };
  return { BS: draw.some(least(draw), 1, () => someBytes(draw)) };
};
const distinct = (draw: Draw, elements: string[]): string[] =>
  draw.chance(0.03) ? elements : [...new Set(elements)];

/** A value that fits what most items have under this name, so that many operations succeed. */
export const valueFor = (draw: Draw, name: string): AttributeValue => {
  if (draw.chance(0.06)) return aValue(draw);
  switch (name) {
    case 'n':
    case 'ua':
      return { N: aNumber(draw) };
    case 'l':
      return { L: draw.some(0, 4, () => aValue(draw, 1)) };
    case 'm':
      return {
        M: {
          x: { N: String(draw.below(7)) },
          y: { M: { z: { S: aText(draw) } } },
          l: { L: [{ N: '1' }, { S: 'a' }] },
        },
      };
    case 'ss':
      return { SS: [...new Set(draw.some(1, 3, () => aText(draw)))] };
    case 'ns':
      return { NS: [...new Set(draw.some(1, 3, () => String(draw.below(5))))] };
    case 'b':
      return { B: someBytes(draw) };
    case 'at':
    case 'u':
    case 'g':
      return { S: draw.pick(texts.filter((text) => text !== '' || draw.chance(0.05))) };
    default:
      return { S: aText(draw) };
  }
};
