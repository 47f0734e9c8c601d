import { typeOf, type Value, type ValueType } from '../values/value.ts';
import { type Bindings, refuseSameOperand } from './check-condition.ts';
import { ExpressionProblem } from './reader.ts';
import { type Call, isArithmetic, type SetValue, type Update, type ValueOperand } from './syntax.ts';

/** What can only be refused when the values are known. @throws ExpressionProblem */
export const checkUpdate = (update: Update, bindings: Bindings): void => {
  for (const { value } of update.set) checkSetValue(value, bindings);
  for (const { value } of update.add) checkOperand('ADD', value, ['N', 'SS', 'NS', 'BS'], bindings);
  for (const { value } of update.delete) checkOperand('DELETE', value, ['SS', 'NS', 'BS'], bindings);
};

const checkSetValue = (value: SetValue, bindings: Bindings): void => {
  if (value.kind === 'call') checkCall(value, bindings);
  if (!isArithmetic(value)) return;
  for (const operand of [value.left, value.right]) {
    checkSetValue(operand, bindings);
    requireType(value.kind === 'sum' ? '+' : '-', operand, 'N', bindings);
  }
};

const checkCall = ({ name, operands }: Call, bindings: Bindings): void => {
  if (operands.length !== 2)
    throw new ExpressionProblem(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  if (name === 'if_not_exists' && operands[0]!.kind !== 'path')
    throw new ExpressionProblem(
      `Operator or function requires a document path; operator or function: ${name}`,
    );
  if (name === 'if_not_exists') refuseSameOperand(name, operands[0]!, operands.slice(1), bindings);
  for (const operand of operands) {
    checkSetValue(operand, bindings);
    if (name === 'list_append') requireType(name, operand, 'L', bindings);
  }
};

const requireType = (operator: string, operand: SetValue, type: ValueType, bindings: Bindings): void => {
  const value = operand.kind === 'value' ? bindings.values[operand.name] : undefined;
  if (value && typeOf(value) !== type)
    throw new ExpressionProblem(
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(value)}`,
    );
};

const longNames: Readonly<Record<ValueType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
};

const checkOperand = (
  operator: 'ADD' | 'DELETE',
  operand: ValueOperand,
  allowed: readonly ValueType[],
  { values }: Bindings,
): void => {
  const type = typeOf(values[operand.name] as Value);
  if (!allowed.includes(type))
    throw new ExpressionProblem(
      `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${longNames[type]}, typeSet: ALLOWED_FOR_${operator}_OPERAND`,
    );
};
