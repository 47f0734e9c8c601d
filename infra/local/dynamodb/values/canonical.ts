import { invalidParameter, validation } from '../errors.ts';
import { compareBytes, compareStrings } from './compare.ts';
import { canonicalNumber, compareNumbers } from './number.ts';
import { type Item, setAttribute, type Value, type ValueType } from './value.ts';

const deepest = 32;

/**
 * The one form of a value: checked, numbers rewritten, sets sorted, foreign members gone.
 * Throws what the service answers to a malformed value.
 */
export const canonicalValue = (value: Value, depth = 1): Value => {
  if (depth > deepest) throw validation('Nesting Levels have exceeded supported limits');
  const type = onlyType(value);
  switch (type) {
    case 'S':
      return { S: value.S! };
    case 'N':
      return { N: canonicalNumber(value.N!) };
    case 'M':
      return { M: canonicalItem(value.M!, depth + 1) };
    case 'L':
      return { L: value.L!.map((element) => canonicalValue(element, depth + 1)) };
    case 'NULL':
      if (value.NULL !== true)
        throw invalidParameter('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'SS':
    case 'NS':
    case 'BS':
      return canonicalSet(type, value);
    case 'B':
      return { B: value.B! };
    case 'BOOL':
      return { BOOL: value.BOOL! };
  }
};

export const canonicalItem = (item: Item, depth = 1): Item => {
  const result: Item = {};
  for (const name in item) {
    const value = item[name];
    if (value === undefined) continue;
    if (name === '') throw validation('Empty attribute name');
    setAttribute(result, name, canonicalValue(value, depth));
  }
  return result;
};

const types: ReadonlySet<string> = new Set<ValueType>([
  'S',
  'N',
  'B',
  'SS',
  'NS',
  'BS',
  'M',
  'L',
  'NULL',
  'BOOL',
]);

const onlyType = (value: Value): ValueType => {
  let found: ValueType | undefined;
  for (const type in value) {
    if (value[type as ValueType] === undefined || !types.has(type)) continue;
    if (found)
      throw validation(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    found = type as ValueType;
  }
  if (!found)
    throw validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  return found;
};

const canonicalSet = (type: 'SS' | 'NS' | 'BS', value: Value): Value => {
  if (type === 'SS') return { SS: distinct('string', value.SS!, compareStrings) };
  if (type === 'BS') return { BS: distinct('binary', value.BS!, compareBytes) };
  return { NS: distinct('number', value.NS!.map(canonicalNumber), compareNumbers) };
};

const emptySet = {
  string: 'An string set  may not be empty',
  number: 'An number set  may not be empty',
  binary: 'Binary sets should not be empty',
} as const;

const distinct = <T>(
  kind: keyof typeof emptySet,
  elements: readonly T[],
  compare: (a: T, b: T) => number,
): T[] => {
  if (elements.length === 0) throw invalidParameter(emptySet[kind]);
  const sorted = [...elements].sort(compare);
  if (sorted.some((element, i) => i > 0 && compare(sorted[i - 1]!, element) === 0))
    throw duplicates(kind, elements);
  return sorted;
};

const duplicates = (kind: keyof typeof emptySet, elements: readonly unknown[]) => {
  if (kind === 'number') return validation('Input collection contains duplicates');
  return invalidParameter(
    kind === 'binary'
      ? 'Input collection of type BS contains duplicates.'
      : `Input collection [${elements.join(', ')}] contains duplicates.`,
  );
};
