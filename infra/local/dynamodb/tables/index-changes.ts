import { sameItem } from '../values/compare.ts';
import { compareColumns } from '../values/key-text.ts';
import { itemSize } from '../values/size.ts';
import { attribute, type Item, setAttribute } from '../values/value.ts';
import { type Place, placeInIndex } from './keys.ts';
import type { IndexSchema } from './schema.ts';
import type { StoredItem } from './stored-item.ts';

/** What one write does to one index. */
export interface IndexChange {
  index: IndexSchema;
  /** Position in the schema. */
  position: number;
  remove: Place | undefined;
  insert: Place | undefined;
  /** Sizes of the entries written: an entry whose key changes is written twice, one that stays as it was not at all. */
  written: readonly number[];
}

export const indexChanges = (
  indexes: readonly IndexSchema[],
  before: StoredItem | undefined,
  after: StoredItem | undefined,
): IndexChange[] =>
  indexes.flatMap((index, position) => {
    const remove = before && placeInIndex(index, before.item);
    const insert = after && placeInIndex(index, after.item);
    if (!remove && !insert) return [];
    if (remove && insert && samePlace(remove, insert)) {
      const written = rewritten(index, before.item, after.item);
      return [{ index, position, remove: undefined, insert: undefined, written }];
    }
    const written = [
      ...(remove ? [itemSize(projected(index, before.item))] : []),
      ...(insert ? [itemSize(projected(index, after.item))] : []),
    ];
    return [{ index, position, remove, insert, written }];
  });

/** The attributes of the item that are in the index. */
export const projected = (index: IndexSchema, item: Item): Item => {
  if (!index.projected) return item;
  const entry: Item = {};
  for (const name of index.projected) {
    const value = attribute(item, name);
    if (value) setAttribute(entry, name, value);
  }
  return entry;
};

const rewritten = (index: IndexSchema, before: Item, after: Item): number[] => {
  const old = projected(index, before);
  const now = projected(index, after);
  return sameItem(old, now) ? [] : [Math.max(itemSize(old), itemSize(now))];
};

const samePlace = (a: Place, b: Place): boolean =>
  compareColumns(a.pk, b.pk) === 0 && compareColumns(a.sk, b.sk) === 0;
