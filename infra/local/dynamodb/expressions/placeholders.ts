import { isValidation, validation } from '../errors.ts';
import { canonicalValue } from '../values/canonical.ts';
import type { Value } from '../values/value.ts';
import type { Names } from './paths.ts';

/** The members of a request that hold expressions, and what they may mention. */
export interface ExpressionInput {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, unknown> | undefined;
  ConditionExpression?: string | undefined;
  FilterExpression?: string | undefined;
  KeyConditionExpression?: string | undefined;
  ProjectionExpression?: string | undefined;
  UpdateExpression?: string | undefined;
}
export type ExpressionName = Exclude<
  keyof ExpressionInput,
  'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const isGiven = (input: ExpressionInput, name: ExpressionName): boolean =>
  input[name] !== undefined && input[name] !== null;

/** Names and values make sense only beside an expression that may mention them. */
export const refuseWithoutExpression = (input: ExpressionInput, allowed: readonly ExpressionName[]): void => {
  if (input.ExpressionAttributeNames && !allowed.some((name) => isGiven(input, name)))
    throw validation('ExpressionAttributeNames can only be specified when using expressions');
  const withValues = allowed.filter((name) => name !== 'ProjectionExpression');
  if (input.ExpressionAttributeValues && !withValues.some((name) => isGiven(input, name)))
    throw validation(
      'ExpressionAttributeValues can only be specified when using expressions: ' +
        `${withValues.join(' and ')} ${withValues.length > 1 ? 'are' : 'is'} null`,
    );
};

const nothing = Object.freeze({});

export const checkedNames = (names: ExpressionInput['ExpressionAttributeNames']): Names => {
  if (!names) return nothing;
  refuseKeys('ExpressionAttributeNames', Object.keys(names), /^#[A-Za-z0-9_]+$/);
  for (const key in names)
    if (names[key] === '')
      throw validation(
        `ExpressionAttributeNames contains invalid value: Empty attribute name for key ${key}`,
      );
  return names;
};

export const checkedValues = (
  values: ExpressionInput['ExpressionAttributeValues'],
): Readonly<Record<string, Value>> => {
  if (!values) return nothing;
  refuseKeys('ExpressionAttributeValues', Object.keys(values), /^:[A-Za-z0-9_]+$/);
  const checked: Record<string, Value> = {};
  for (const key in values) checked[key] = checkedValue(key, values[key] as Value);
  return checked;
};

const checkedValue = (key: string, value: Value): Value => {
  try {
    return canonicalValue(value);
  } catch (error) {
    if (!isValidation(error)) throw error;
    throw validation(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
  }
};

const refuseKeys = (member: string, keys: readonly string[], pattern: RegExp): void => {
  if (keys.length === 0) throw validation(`${member} must not be empty`);
  const invalid = keys.find((key) => !pattern.test(key));
  if (invalid !== undefined)
    throw validation(`${member} contains invalid key: Syntax error; key: "${invalid}"`);
};

export const refuseUnused = (
  member: keyof ExpressionInput,
  given: Readonly<Record<string, unknown>>,
  used: ReadonlySet<string>,
): void => {
  const unused = Object.keys(given).filter((key) => !used.has(key));
  if (unused.length > 0)
    throw validation(`Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`);
};
