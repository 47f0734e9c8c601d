import type { Assignments } from '../definition/asl.ts';
import type { Scope } from '../expressions/evaluator.ts';
import { resolve } from '../expressions/template.ts';
import { isTooLarge, runtimeError, tooLarge } from './errors.ts';
import type { Machinery } from './machinery.ts';
import { append, moveTo, type Run, stateOf } from './run.ts';

/** How a state is left: by its own fields, or by those of a rule or catcher within it. */
export interface Way {
  /** Whose `Assign` and `Output` count. */
  fields: { Assign?: Assignments; Output?: unknown };
  /** Where the fields stand, for error texts; `''` or e.g. `Catch[0]/`. */
  place: string;
  scope: Scope;
  /** The output when the fields name none. */
  output: unknown;
  /** The next state; none ends the execution. */
  next: string | undefined;
}

const largestVariables = 10 * 1024 * 1024;

const write = (value: unknown, state: string): string => {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw runtimeError('The output of the state is not JSON.');
  if (isTooLarge(text)) throw tooLarge(state);
  return text;
};

const outputOf = async (m: Machinery, { fields, place, scope, output }: Way): Promise<unknown> =>
  fields.Output === undefined ? output : resolve(m.evaluate, fields.Output, scope, `${place}Output`);

/** New values are all computed from the old ones; the next state is the first to see them. */
const assignmentsOf = async (m: Machinery, { fields, place, scope }: Way) => {
  if (fields.Assign === undefined) return undefined;
  return (await resolve(m.evaluate, fields.Assign, scope, `${place}Assign`)) as Record<string, unknown>;
};

const assign = (run: Run, values: Record<string, unknown>): Record<string, string> => {
  const { state } = run.position;
  const written = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, write(v, state)]));
  const variables = { ...run.variables, ...values };
  const text = JSON.stringify(variables);
  if (text.length > largestVariables) throw tooLarge(state);
  run.variables = variables;
  run.position.variables = text;
  return written;
};

/** Evaluates output and assignments, records the exit, and goes on or ends the execution. */
export const leave = async (m: Machinery, run: Run, way: Way): Promise<void> => {
  const { state: name } = run.position;
  const output = await outputOf(m, way);
  const values = await assignmentsOf(m, way);
  const text = write(output, name);
  const details = { name, output: text };
  const assigned = values && {
    assignedVariables: assign(run, values),
    assignedVariablesDetails: { truncated: false },
  };
  append(run, m.now(), `${stateOf(run).Type as 'Task'}StateExited`, { ...details, ...assigned });
  if (way.next !== undefined) return moveTo(run, way.next, output, text);
  append(run, m.now(), 'ExecutionSucceeded', { output: text });
  run.closing = { status: 'SUCCEEDED', output: text };
};
