import { validation } from '../errors.ts';
import type { Bindings } from '../expressions/check-condition.ts';
import { head, resolved } from '../expressions/paths.ts';
import type { Call, Comparator, Condition, Operand } from '../expressions/syntax.ts';
import type { Value } from '../values/value.ts';

/** One condition on one key attribute, the attribute first. */
export interface KeyTerm {
  attribute: string;
  operator: '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with';
  values: readonly Value[];
}

/** A key condition is a chain of ANDs of simple terms. @throws ValidationException */
export const keyTerms = (condition: Condition, bindings: Bindings): readonly KeyTerm[] => {
  switch (condition.kind) {
    case 'and':
      return [...keyTerms(condition.left, bindings), ...keyTerms(condition.right, bindings)];
    case 'or':
    case 'not':
    case 'in':
      throw invalidOperator(condition.kind.toUpperCase());
    case 'between':
      return [ofAttributeFirst('BETWEEN', [condition.operand, condition.low, condition.high], bindings)];
    case 'call':
      return [ofCall(condition, bindings)];
    case 'compare':
      return [ofComparison(condition, bindings)];
  }
};

const invalidOperator = (operator: string) =>
  validation(`Invalid operator used in KeyConditionExpression: ${operator}`);
const invalidCondition = (what: string) => validation(`Invalid condition in KeyConditionExpression: ${what}`);

const ofCall = ({ name, operands }: Call, bindings: Bindings): KeyTerm => {
  if (name !== 'begins_with') throw invalidOperator(name);
  return ofAttributeFirst('begins_with', operands, bindings);
};

const ofAttributeFirst = (
  operator: 'BETWEEN' | 'begins_with',
  operands: readonly Operand[],
  bindings: Bindings,
): KeyTerm => {
  if (operands[0]!.kind === 'value')
    throw invalidCondition(`${operator} operator must have the key attribute as its first operand`);
  return toTerm(operator === 'BETWEEN' ? 'between' : operator, operands, bindings);
};

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

const ofComparison = (
  { comparator, left, right }: { comparator: Comparator; left: Operand; right: Operand },
  bindings: Bindings,
): KeyTerm => {
  if (comparator === '<>') throw invalidOperator(comparator);
  return left.kind === 'value' && right.kind === 'path'
    ? toTerm(mirrored[comparator], [right, left], bindings)
    : toTerm(comparator, [left, right], bindings);
};

const toTerm = (
  operator: KeyTerm['operator'],
  operands: readonly Operand[],
  { names, values }: Bindings,
): KeyTerm => {
  if (operands.some((operand) => operand.kind === 'call'))
    throw validation('KeyConditionExpressions cannot contain nested operations');
  const paths = operands.filter((operand) => operand.kind === 'path');
  if (paths.length > 1) throw invalidCondition('Multiple attribute names used in one condition');
  const path = paths[0]?.path;
  if (!path) throw invalidCondition('No key attribute specified');
  if (path.length > 1)
    throw validation('KeyConditionExpressions cannot have conditions on nested attributes');
  const literals = operands.filter((operand) => operand.kind === 'value');
  return {
    attribute: head(resolved(path, names)),
    operator,
    values: literals.map(({ name }) => values[name]!),
  };
};
