import { invalidParameter, validation } from '../errors.ts';
import { canonicalItem } from '../values/canonical.ts';
import { type KeyColumn, keyColumn } from '../values/key-text.ts';
import { attribute, type Item, typeOf, type Value } from '../values/value.ts';
import {
  type IndexSchema,
  type KeyAttribute,
  type KeySchema,
  keyAttributes,
  type TableSchema,
} from './schema.ts';

/** Where an item stands: its key as SQLite sorts it. `sk` is empty in a table without a range key. */
export interface Place {
  pk: KeyColumn;
  sk: KeyColumn;
}

const longest = { hash: 2048, range: 1024 } as const;

export const placeOf = ({ hash, range }: KeySchema, item: Item): Place => ({
  pk: keyColumn(item[hash.name]!, hash.type),
  sk: range ? keyColumn(item[range.name]!, range.type) : '',
});

/** Where the item stands in the index; undefined when it lacks one of the index's keys. */
export const placeInIndex = (index: IndexSchema, item: Item): Place | undefined =>
  keyAttributes(index).every(({ name, type }) => attribute(item, name)?.[type] !== undefined)
    ? placeOf(index, item)
    : undefined;

/** Only the key's attributes. */
export const keyOf = (schema: KeySchema, item: Item): Item =>
  Object.fromEntries(keyAttributes(schema).map(({ name }) => [name, item[name]!]));

/** A key that a request gives. @throws ValidationException */
export const checkedKey = (schema: KeySchema, key: Item | undefined): Item => {
  const canonical = canonicalItem(key ?? {});
  const attributes = keyAttributes(schema);
  if (
    Object.keys(canonical).length !== attributes.length ||
    attributes.some(({ name, type }) => attribute(canonical, name)?.[type] === undefined)
  )
    throw validation('The provided key element does not match the schema');
  for (const attribute of attributes) {
    refuseEmpty('One or more parameter values were invalid: ', attribute, canonical[attribute.name]!);
    refuseLong(schema, attribute, canonical[attribute.name]!);
  }
  return canonical;
};

/** The keys of an item that is to be put, its indexes' keys too. @throws ValidationException */
export const checkItemKeys = (schema: TableSchema, item: Item): void => {
  for (const key of keyAttributes(schema)) {
    const value = attribute(item, key.name);
    if (!value) throw invalidParameter(`Missing the key ${key.name} in the item`);
    if (value[key.type] === undefined)
      throw invalidParameter(
        `Type mismatch for key ${key.name} expected: ${key.type} actual: ${typeOf(value)}`,
      );
    refuseEmpty('One or more parameter values are not valid. ', key, value);
    refuseLong(schema, key, value);
  }
  forIndexKeys(schema, item, (index, key, value) => {
    if (value[key.type] === undefined)
      throw invalidParameter(
        `Type mismatch for Index Key ${key.name} Expected: ${key.type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
      );
    if (isEmpty(value))
      throw validation(
        'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
          `The AttributeValue for a key attribute cannot contain an empty ${kindOf(value)} value. IndexName: ${index.name}, IndexKey: ${key.name}`,
      );
  });
};

/** The indexes' keys of an item that was updated. @throws ValidationException */
export const checkUpdatedKeys = (schema: TableSchema, item: Item): void =>
  forIndexKeys(schema, item, (_, key, value) => {
    if (value[key.type] === undefined)
      throw validation(
        'The update expression attempted to update the secondary index key to unsupported type',
      );
    if (isEmpty(value))
      throw validation(
        'One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ' +
          `The AttributeValue for a key attribute cannot contain an empty ${kindOf(value)} value.`,
      );
  });

const forIndexKeys = (
  schema: TableSchema,
  item: Item,
  check: (index: IndexSchema, key: KeyAttribute, value: Value) => void,
): void => {
  for (const index of schema.indexes)
    for (const key of keyAttributes(index)) {
      const value = attribute(item, key.name);
      if (!value) continue;
      check(index, key, value);
      refuseLong(index, key, value);
    }
};

const kindOf = (value: Value): string => (value.S === undefined ? 'binary' : 'string');
const isEmpty = (value: Value): boolean => value.S === '' || value.B?.byteLength === 0;

const refuseEmpty = (beginning: string, { name }: KeyAttribute, value: Value): void => {
  if (isEmpty(value))
    throw validation(
      `${beginning}The AttributeValue for a key attribute cannot contain an empty ${kindOf(value)} value. Key: ${name}`,
    );
};

const refuseLong = (schema: KeySchema, key: KeyAttribute, value: Value): void => {
  const size = value.B?.byteLength ?? (value.S === undefined ? 0 : Buffer.byteLength(value.S));
  if (key === schema.hash && size > longest.hash)
    throw invalidParameter('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  if (key !== schema.hash && size > longest.range)
    throw invalidParameter('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
};
