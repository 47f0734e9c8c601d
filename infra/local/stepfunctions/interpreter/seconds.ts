import type { Seconds } from '../definition/asl.ts';
import type { Scope } from '../expressions/evaluator.ts';
import { resolveTyped } from '../expressions/template.ts';
import { QueryEvaluationError } from './errors.ts';
import type { Machinery } from './machinery.ts';

const longest = 99_999_999;

/** A number of whole seconds, given as such or by an expression. */
export const secondsOf = async (
  { evaluate }: Machinery,
  given: Seconds,
  scope: Scope,
  field: string,
  least: number,
): Promise<number> => {
  const value = await resolveTyped<number>(evaluate, given, scope, field, 'number');
  if (Number.isInteger(value) && value >= least && value <= longest) return value;
  throw new QueryEvaluationError(
    `The ${field} field must be an integer between ${least} and ${longest}, but was: ${value}`,
    field,
  );
};

const isoDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of an ISO 8601 time with an offset. */
export const timestampOf = async (
  { evaluate }: Machinery,
  given: string,
  scope: Scope,
  field: string,
): Promise<number> => {
  const text = await resolveTyped<string>(evaluate, given, scope, field, 'string');
  const ms = isoDateTime.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new QueryEvaluationError(
    `The ${field} field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    field,
  );
};
