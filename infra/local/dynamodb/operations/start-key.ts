import { validation } from '../errors.ts';
import { checkedKey, keyOf, type Place, placeOf } from '../tables/keys.ts';
import type { KeySchema } from '../tables/schema.ts';
import type { Table } from '../tables/table.ts';
import { canonicalItem } from '../values/canonical.ts';
import { compareColumns } from '../values/key-text.ts';
import { attribute, type Item } from '../values/value.ts';
import type { KeyRange } from './key-condition.ts';

/** The row after which a page goes on. It need not exist any more. */
export interface StartRow {
  entry: Place;
  item: Place;
}

/**
 * @param keys of the index, or of the table
 * @throws ValidationException
 */
export const startRow = (table: Table, keys: KeySchema, given: Item | undefined): StartRow | undefined => {
  if (given === undefined || given === null) return undefined;
  const key = canonicalItem(given);
  const names = new Set(
    [table.schema.hash, table.schema.range, keys.hash, keys.range].flatMap((k) => k?.name ?? []),
  );
  const complete = Object.keys(key).length === names.size && [...names].every((name) => attribute(key, name));
  if (!complete) throw validation('The provided starting key is invalid');
  try {
    return {
      entry: placeOf(keys, checkedKey(keys, keyOf(keys, key))),
      item: placeOf(table.schema, checkedKey(table.schema, keyOf(table.schema, key))),
    };
  } catch (error) {
    throw validation(`The provided starting key is invalid: ${(error as Error).message}`);
  }
};

/** @throws ValidationException when the query could not have stopped there */
export const refuseOutside = ({ entry }: StartRow, { hash, low, high }: KeyRange): void => {
  const tooLow = low && compareColumns(entry.sk, low.value) < (low.inclusive ? 0 : 1);
  const tooHigh = high && compareColumns(entry.sk, high.value) > (high.inclusive ? 0 : -1);
  if (tooLow || tooHigh) throw validation('The provided starting key does not match the range key predicate');
  if (compareColumns(entry.pk, hash) !== 0)
    throw validation('The provided starting key is outside query boundaries based on provided conditions');
};
