import { numberSize } from './number.ts';
import { type Item, typeOf, type Value } from './value.ts';

export const largestItem = 400 * 1024;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export const itemSize = (item: Item): number => {
  let size = 0;
  for (const name in item) size += textSize(name) + valueSize(item[name]!);
  return size;
};

const valueSize = (value: Value): number => {
  const type = typeOf(value);
  switch (type) {
    case 'S':
      return textSize(value.S!);
    case 'N':
      return numberSize(value.N!);
    case 'B':
      return value.B!.byteLength;
    case 'SS':
      return total(value.SS!, textSize);
    case 'NS':
      return total(value.NS!, numberSize);
    case 'BS':
      return total(value.BS!, (bytes) => bytes.byteLength);
    case 'L':
      return 3 + total(value.L!, (element) => 1 + valueSize(element));
    case 'M':
      return 3 + Object.keys(value.M!).length + itemSize(value.M!);
    default:
      return 1;
  }
};

const textSize = (text: string): number => Buffer.byteLength(text);
const total = <T>(elements: readonly T[], size: (element: T) => number): number =>
  elements.reduce((sum, element) => sum + size(element), 0);
