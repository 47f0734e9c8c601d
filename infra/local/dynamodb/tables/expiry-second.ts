import { attribute, type Item } from '../values/value.ts';

/** When the item ends, in seconds since the epoch; undefined for items that never do. */
export const expirySecond = (item: Item, name: string): number | undefined => {
  const text = attribute(item, name)?.N;
  const second = text === undefined ? Number.NaN : Math.trunc(Number(text));
  return Number.isSafeInteger(second) && second > 0 ? second : undefined;
};
