import { compareValues } from '../values/compare.ts';
import { typeOf, type Value, type ValueType } from '../values/value.ts';
import { describe, type Names, resolved } from './paths.ts';
import { ExpressionProblem } from './reader.ts';
import type { Call, Condition, Operand, Path } from './syntax.ts';

export interface Bindings {
  names: Names;
  /** Canonical; every value that the expression mentions is known to be in it. */
  values: Readonly<Record<string, Value>>;
}

/** What can only be refused when names and values are known. @throws ExpressionProblem */
export const checkCondition = (condition: Condition, bindings: Bindings): void => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      checkCondition(condition.left, bindings);
      checkCondition(condition.right, bindings);
      break;
    case 'not':
      checkCondition(condition.inner, bindings);
      break;
    case 'compare':
      for (const operand of [condition.left, condition.right]) checkOperand(operand, bindings);
      refuseSameOperand(condition.comparator, condition.left, [condition.right], bindings);
      if (condition.comparator !== '=' && condition.comparator !== '<>')
        refuseTypes(condition.comparator, [condition.left, condition.right], ordered, bindings);
      break;
    case 'between':
      for (const operand of [condition.operand, condition.low, condition.high])
        checkOperand(operand, bindings);
      refuseTypes('BETWEEN', [condition.operand, condition.low, condition.high], ordered, bindings);
      checkBounds(condition.low, condition.high, bindings);
      break;
    case 'in':
      for (const operand of [condition.operand, ...condition.list]) checkOperand(operand, bindings);
      refuseSameOperand('IN', condition.operand, condition.list, bindings);
      break;
    case 'call':
      checkCall(condition, bindings);
  }
};

type Allowed = readonly ValueType[];
const ordered: Allowed = ['S', 'N', 'B'];
const prefixed: Allowed = ['S', 'B'];
const sized: Allowed = ['S', 'B', 'SS', 'NS', 'BS', 'L', 'M'];
const typeNames: Allowed = ['N', 'BS', 'L', 'B', 'NULL', 'M', 'S', 'SS', 'NS', 'BOOL'];

const operandCounts: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  size: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};

const checkOperand = (operand: Operand, bindings: Bindings): void => {
  if (operand.kind === 'call') checkCall(operand, bindings);
};

const checkCall = ({ name, operands }: Call, bindings: Bindings): void => {
  if (operands.length !== operandCounts[name])
    throw problem(
      'Incorrect number of operands for operator or function',
      `operator or function: ${name}, number of operands: ${operands.length}`,
    );
  for (const operand of operands) checkOperand(operand, bindings);
  const [first, second] = operands as [Operand, Operand];
  if (name === 'attribute_exists' || name === 'attribute_not_exists') requirePath(name, first);
  else if (name === 'size') refuseTypes(name, [first], sized, bindings);
  else {
    refuseSameOperand(name, first, [second], bindings);
    if (name === 'begins_with') refuseTypes(name, operands, prefixed, bindings);
    if (name === 'attribute_type') checkTypeName(second, bindings);
  }
};

const requirePath = (name: string, operand: Operand): void => {
  if (operand.kind !== 'path')
    throw problem('Operator or function requires a document path', `operator or function: ${name}`);
};

const checkTypeName = (operand: Operand, bindings: Bindings): void => {
  const value = literal(operand, bindings);
  if (value?.S === undefined)
    throw problem(
      'Incorrect operand type for operator or function',
      `operator or function: attribute_type, operand type: ${value ? typeOf(value) : `{${typeNames}}`}`,
    );
  if (!typeNames.includes(value.S as ValueType))
    throw problem('Invalid attribute type name found', `type: ${value.S}, valid types: {${typeNames}}`);
};

const refuseTypes = (
  operator: string,
  operands: readonly Operand[],
  allowed: Allowed,
  bindings: Bindings,
): void => {
  for (const operand of operands) {
    const value = literal(operand, bindings);
    if (value && !allowed.includes(typeOf(value)))
      throw problem(
        'Incorrect operand type for operator or function',
        `operator or function: ${operator}, operand type: ${typeOf(value)}`,
      );
  }
};

export const refuseSameOperand = (
  operator: string,
  first: Operand,
  others: readonly Operand[],
  { names }: Bindings,
): void => {
  if (first.kind !== 'path') return;
  const path = resolved(first.path, names);
  if (others.some((other) => other.kind === 'path' && samePath(path, resolved(other.path, names))))
    throw problem(
      'The first operand must be distinct from the remaining operands for this operator or function',
      `operator: ${operator}, first operand: ${describe(path)}`,
    );
};
const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((part, i) => part === b[i]);

const checkBounds = (low: Operand, high: Operand, bindings: Bindings): void => {
  const lower = literal(low, bindings);
  const upper = literal(high, bindings);
  if (!lower || !upper) return;
  const bounds = `lower bound operand: ${describeValue(lower)}, upper bound operand: ${describeValue(upper)}`;
  if (typeOf(lower) !== typeOf(upper))
    throw problem('The BETWEEN operator requires same data type for lower and upper bounds', bounds);
  if (compareValues(lower, upper)! > 0)
    throw problem(
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound',
      bounds,
    );
};
const describeValue = (value: Value): string => {
  const type = typeOf(value);
  return `AttributeValue: {${type}:${type === 'B' ? '<bytes>' : value[type]}}`;
};

const literal = (operand: Operand, { values }: Bindings): Value | undefined =>
  operand.kind === 'value' ? values[operand.name] : undefined;

const problem = (what: string, details: string): ExpressionProblem =>
  new ExpressionProblem(`${what}; ${details}`);
