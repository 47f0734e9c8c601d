import jsonata from 'jsonata';
import { QueryEvaluationError } from '../interpreter/errors.ts';
import { type Surroundings, serviceFunctions } from './functions.ts';

/** The values that expressions of one moment see: variables by name, and `states`. */
export type Scope = Readonly<Record<string, unknown>>;

/** Evaluates the text between `{%` and `%}`; `field` names the place for the error text. */
export type Evaluate = (expression: string, scope: Scope, field: string) => Promise<unknown> | unknown;

// The depth is AWS's own, the length is its memory limit divided by eight bytes a number.
const bounds = { stack: 100, sequence: 873_782, timeout: 5000 };
const cachedExpressions = 5000;

const isExpression = (text: string): boolean => text.startsWith('{%') && text.endsWith('%}');

/** The expression within a `{% … %}` string, undefined for any other text. */
export const expressionOf = (text: string): string | undefined =>
  isExpression(text) ? text.slice(2, -2).trim() : undefined;

export const parseExpression = (text: string): jsonata.Expression => jsonata(text, bounds);

const formatted = parseExpression('$fromMillis($millis, $picture, $timezone)');

const prepare = (text: string, surroundings: Surroundings): jsonata.Expression => {
  const expression = parseExpression(text);
  for (const [name, implementation] of Object.entries(serviceFunctions(surroundings))) {
    expression.registerFunction(name, implementation);
  }
  expression.registerFunction('now', (picture?: string, timezone?: string) =>
    formatted.evaluate(undefined, { millis: surroundings.clock.now(), picture, timezone }),
  );
  expression.assign('eval', undefined);
  return expression;
};

const plainPath = /^\$[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/;
const notPlain = Symbol('not plain');

/** Most expressions only walk through objects; arrays need JSONata's own rules. */
const walk = (path: readonly string[], scope: Scope): unknown => {
  let at: unknown = scope;
  for (const name of path) {
    if (Array.isArray(at)) return notPlain;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return Array.isArray(at) ? notPlain : at;
};

const isFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' &&
    value !== null &&
    ('_jsonata_lambda' in value || '_jsonata_function' in value));

/** JSON has no such numbers; AWS writes their names. */
const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** JSONata hands out its own inner arrays; only plain data may be kept or handed on. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value, finite)) : finite('', value);

const explain = (cause: unknown): string => {
  const { code, message } = cause as { code?: string; message?: string };
  return code === undefined ? `: ${message ?? String(cause)}` : `. ${code}: ${message ?? ''}`;
};

interface Compiled {
  path: readonly string[] | undefined;
  expression?: jsonata.Expression;
}

/** Compiles expressions once, keeps the most recently compiled, and runs them within bounds. */
export const createEvaluator = (surroundings: Surroundings): Evaluate => {
  const cache = new Map<string, Compiled>();
  const compiled = (text: string): Compiled => {
    const known = cache.get(text);
    if (known) return known;
    const made: Compiled = { path: plainPath.test(text) ? text.slice(1).split('.') : undefined };
    if (cache.size >= cachedExpressions) cache.delete(cache.keys().next().value as string);
    cache.set(text, made);
    return made;
  };
  const evaluate = async (text: string, scope: Scope): Promise<unknown> => {
    const entry = compiled(text);
    entry.expression ??= prepare(text, surroundings);
    return entry.expression.evaluate(undefined, scope);
  };
  const run = async (text: string, scope: Scope, field: string): Promise<unknown> => {
    const refuse = (why: string) =>
      new QueryEvaluationError(
        `The JSONata expression '${text}' specified for the field '${field}' ${why}`,
        field,
      );
    const value = await evaluate(text, scope).catch((cause) => {
      throw refuse(`threw an error during evaluation${explain(cause)}`);
    });
    if (value === undefined) throw refuse('returned nothing (undefined).');
    if (isFunction(value)) throw refuse('returned an unsupported result type.');
    return plain(value);
  };
  return (text, scope, field) => {
    const { path } = compiled(text);
    const value = path ? walk(path, scope) : undefined;
    return value === undefined || value === notPlain ? run(text, scope, field) : value;
  };
};
