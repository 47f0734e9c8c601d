import { compareBytes, compareValues, sameValue } from '../values/compare.ts';
import { type Item, typeOf, type Value } from '../values/value.ts';
import type { Bindings } from './check-condition.ts';
import { resolved, valueAt } from './paths.ts';
import type { Call, Comparator, Condition, Operand } from './syntax.ts';

/** Does the item (`{}` when there is none) fulfil the condition? */
export const holds = (condition: Condition, item: Item, bindings: Bindings): boolean => {
  const value = (operand: Operand) => operandValue(operand, item, bindings);
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item, bindings) && holds(condition.right, item, bindings);
    case 'or':
      return holds(condition.left, item, bindings) || holds(condition.right, item, bindings);
    case 'not':
      return !holds(condition.inner, item, bindings);
    case 'compare':
      return compares(condition.comparator, value(condition.left), value(condition.right));
    case 'between': {
      const operand = value(condition.operand);
      return compares('>=', operand, value(condition.low)) && compares('<=', operand, value(condition.high));
    }
    case 'in': {
      const operand = value(condition.operand);
      return condition.list.some((other) => compares('=', operand, value(other)));
    }
    case 'call':
      return call(condition, value);
  }
};

/** An attribute that is missing equals nothing, differs from everything and has no order. */
const compares = (comparator: Comparator, a: Value | undefined, b: Value | undefined): boolean => {
  if (comparator === '=') return a !== undefined && b !== undefined && sameValue(a, b);
  if (comparator === '<>') return !compares('=', a, b);
  const order = a && b && compareValues(a, b);
  if (order === undefined) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
};

const call = ({ name, operands }: Call, value: (operand: Operand) => Value | undefined): boolean => {
  const first = value(operands[0]!);
  if (name === 'attribute_exists') return first !== undefined;
  if (name === 'attribute_not_exists') return first === undefined;
  const second = value(operands[1]!);
  if (!first || !second) return false;
  if (name === 'attribute_type') return typeOf(first) === second.S;
  return name === 'begins_with' ? beginsWith(first, second) : contains(first, second);
};

const beginsWith = (value: Value, prefix: Value): boolean => {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (!value.B || !prefix.B) return false;
  return compareBytes(value.B.subarray(0, prefix.B.length), prefix.B) === 0;
};

const contains = (value: Value, part: Value): boolean => {
  if (value.L) return value.L.some((element) => sameValue(element, part));
  if (part.S !== undefined) return (value.S ?? value.SS)?.includes(part.S) ?? false;
  if (part.N !== undefined) return value.NS?.includes(part.N) ?? false;
  const bytes = part.B;
  if (!bytes) return false;
  if (value.B) return Buffer.from(value.B).includes(Buffer.from(bytes));
  return value.BS?.some((element) => compareBytes(element, bytes) === 0) ?? false;
};

const operandValue = (operand: Operand, item: Item, bindings: Bindings): Value | undefined => {
  if (operand.kind === 'value') return bindings.values[operand.name];
  if (operand.kind === 'path') return valueAt(item, resolved(operand.path, bindings.names));
  const measured = operandValue(operand.operands[0]!, item, bindings);
  const size = measured && sizeOf(measured);
  return size === undefined ? undefined : { N: String(size) };
};

/** Text is counted in UTF-16 units, as DynamoDB Local does. */
const sizeOf = (value: Value): number | undefined => {
  if (value.B) return value.B.byteLength;
  if (value.M) return Object.keys(value.M).length;
  return (value.S ?? value.SS ?? value.NS ?? value.BS ?? value.L)?.length;
};
