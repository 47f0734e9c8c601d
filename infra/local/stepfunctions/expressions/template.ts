import { QueryEvaluationError } from '../interpreter/errors.ts';
import { type Evaluate, expressionOf, type Scope } from './evaluator.ts';

/** A JSON value in which any string may be an expression. */
export type Template = unknown;

/** The value of a template: every `{% … %}` string replaced by what it gives, at any depth. */
export const resolve = async (
  evaluate: Evaluate,
  template: Template,
  scope: Scope,
  field: string,
): Promise<unknown> => {
  if (typeof template === 'string') {
    const expression = expressionOf(template);
    return expression === undefined ? template : evaluate(expression, scope, field);
  }
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return resolveList(evaluate, template, scope, field);
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(template)) {
    result[key] = await resolve(evaluate, value, scope, `${field}/${key}`);
  }
  return result;
};

const resolveList = async (evaluate: Evaluate, items: readonly Template[], scope: Scope, field: string) => {
  const result: unknown[] = [];
  for (const [index, item] of items.entries()) {
    result.push(await resolve(evaluate, item, scope, `${field}[${index}]`));
  }
  return result;
};

/** Like `resolve`, for a field that must be of one type. */
export const resolveTyped = async <T>(
  evaluate: Evaluate,
  template: Template,
  scope: Scope,
  field: string,
  type: 'string' | 'boolean' | 'number',
): Promise<T> => {
  const value = await resolve(evaluate, template, scope, field);
  if (typeof value === type) return value as T;
  const was = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const expression = typeof template === 'string' ? (expressionOf(template) ?? template) : template;
  const failure =
    `The JSONata expression '${String(expression)}' specified for the field '${field}' returned an unexpected ` +
    `result type. Expected '${type}', but was '${was}' for value: ${JSON.stringify(value)}`;
  throw new QueryEvaluationError(failure, field);
};
