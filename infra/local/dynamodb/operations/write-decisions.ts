import { AwsError } from '../../aws-error.ts';
import { invalidParameter, validation } from '../errors.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import { holds } from '../expressions/evaluate-condition.ts';
import { head } from '../expressions/paths.ts';
import type { Bound } from '../expressions/scope.ts';
import type { Condition, Path, Update } from '../expressions/syntax.ts';
import { checkUpdatedKeys, placeOf } from '../tables/keys.ts';
import { keyAttributes, type TableSchema } from '../tables/schema.ts';
import { StoredItem } from '../tables/stored-item.ts';
import type { Change, Table } from '../tables/table.ts';
import { largestItem } from '../values/size.ts';
import type { Item } from '../values/value.ts';

/**
 * One item's write as a request asks for it, with everything refused that can be refused without
 * the item that is there.
 */
export interface WriteRequest {
  table: Table;
  key: Item;
  condition: Bound<Condition> | undefined;
  /** What the request carries, in the service's bytes. */
  payload: number;
  /** The item afterwards. @throws ValidationException when the update does not fit the item */
  next(before: StoredItem | undefined): StoredItem | undefined;
}

export interface Decision {
  change: Change;
  /** False when the condition failed; then nothing changes. */
  holds: boolean;
}

/** Reads what is there and decides; changes nothing. */
export const decide = ({ table, key, condition, next }: WriteRequest): Decision => {
  const place = placeOf(table.schema, key);
  const before = table.get(place);
  if (condition && !holds(condition.tree, before?.item ?? {}, condition.bindings))
    return { holds: false, change: table.change(place, before, before) };
  return { holds: true, change: table.change(place, before, next(before)) };
};

export const conditionFailed = (before: StoredItem | undefined, returnItem: string | undefined): AwsError =>
  new AwsError(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    before && returnItem === 'ALL_OLD' ? { Item: before.item } : {},
  );

/** @throws ValidationException */
export const sized = (
  stored: StoredItem,
  message = 'Item size has exceeded the maximum allowed size',
): StoredItem => {
  if (stored.size > largestItem) throw validation(message);
  return stored;
};

/** What an update makes of the item that is there, or of a new one with only its key. */
export const updated =
  (table: Table, key: Item, update: Bound<Update> | undefined) =>
  (before: StoredItem | undefined): StoredItem => {
    const item = before?.item ?? key;
    if (!update) return before ?? StoredItem.of(item);
    const after = applyUpdate(update.tree, item, update.bindings);
    checkUpdatedKeys(table.schema, after);
    return sized(StoredItem.of(after), 'Item size to update has exceeded the maximum allowed size');
  };

/** @throws ValidationException when the update would change a key or look into one */
export const checkTargets = (schema: TableSchema, targets: readonly Path[]): void => {
  for (const { name } of keyAttributes(schema))
    if (targets.some((path) => head(path) === name))
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
  refuseNestedKeys(schema, targets);
};

/** Keys are scalars: no path leads into them. */
export const refuseNestedKeys = (schema: TableSchema, paths: readonly Path[] | undefined): void => {
  const nested = new Set(paths?.filter((path) => path.length > 1).map(head));
  if (nested.size === 0) return;
  refuseIn(nested, keyAttributes(schema), 'Key');
  for (const index of schema.indexes) refuseIn(nested, keyAttributes(index), 'IndexKey');
};
const refuseIn = (nested: ReadonlySet<string>, keys: readonly { name: string }[], kind: string): void => {
  const key = keys.find(({ name }) => nested.has(name));
  if (key)
    throw validation(
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${key.name}`,
    );
};
