import { invalidParameter, validation } from '../errors.ts';
import type { Bound as BoundExpression } from '../expressions/scope.ts';
import type { Condition } from '../expressions/syntax.ts';
import type { Bound } from '../tables/rows.ts';
import { type KeyAttribute, type KeySchema, keyAttributes } from '../tables/schema.ts';
import { afterPrefix, type KeyColumn, keyColumn } from '../values/key-text.ts';
import type { Value } from '../values/value.ts';
import { type KeyTerm, keyTerms } from './key-terms.ts';

/** The rows that a key condition asks for. */
export interface KeyRange {
  hash: KeyColumn;
  low: Bound | undefined;
  high: Bound | undefined;
}

/** @throws ValidationException unless the hash key equals one value and the range key meets at most one term */
export const keyRange = (keys: KeySchema, { tree, bindings }: BoundExpression<Condition>): KeyRange => {
  const terms = keyTerms(tree, bindings);
  const byName = new Map(terms.map((term) => [term.attribute, term]));
  if (byName.size < terms.length)
    throw validation('KeyConditionExpressions must only contain one condition per key');
  if (terms.length > 2) throw validation('Conditions can be of length 1 or 2 only');
  refuseForeignTerms(keys, byName);
  const hash = byName.get(keys.hash.name)!;
  if (hash.operator !== '=') throw validation('Query key condition not supported');
  const range = keys.range && byName.get(keys.range.name);
  return {
    hash: columns(keys.hash, hash)[0]!,
    ...(range ? bounds(range, columns(keys.range!, range)) : { low: undefined, high: undefined }),
  };
};

const refuseForeignTerms = (keys: KeySchema, terms: ReadonlyMap<string, KeyTerm>): void => {
  if (!keys.range && terms.size > 1) throw validation('Query key condition not supported');
  const missed = keyAttributes(keys).find(({ name }) => !terms.has(name));
  if (missed && (missed === keys.hash || terms.size > 1))
    throw validation(`Query condition missed key schema element: ${missed.name}`);
};

const columns = (key: KeyAttribute, { values }: KeyTerm): KeyColumn[] =>
  values.map((value) => {
    if (value[key.type] === undefined)
      throw invalidParameter('Condition parameter type does not match schema type');
    refuseEmpty(key, value);
    return keyColumn(value, key.type);
  });

const refuseEmpty = ({ name }: KeyAttribute, value: Value): void => {
  const kind = value.S === '' ? 'string' : value.B?.byteLength === 0 ? 'binary' : undefined;
  if (kind)
    throw validation(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
    );
};

const bounds = ({ operator }: KeyTerm, [first, second]: readonly KeyColumn[]): Omit<KeyRange, 'hash'> => {
  const at = (value: KeyColumn | undefined, inclusive: boolean): Bound | undefined =>
    value === undefined ? undefined : { value, inclusive };
  switch (operator) {
    case '=':
      return { low: at(first, true), high: at(first, true) };
    case 'between':
      return { low: at(first, true), high: at(second, true) };
    case 'begins_with':
      return { low: at(first, true), high: at(afterPrefix(first!), false) };
    case '<':
    case '<=':
      return { low: undefined, high: at(first, operator === '<=') };
    case '>':
    case '>=':
      return { low: at(first, operator === '>='), high: undefined };
  }
};
