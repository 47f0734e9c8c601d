import { checkState } from './check-state.ts';
import { type Diagnostic, missingTarget, type Report, schemaError } from './diagnostic.ts';
import { checkNumber, type Fields, hasNext, isObject } from './fields.ts';

/** The largest definition, in bytes of UTF-8. */
const largestDefinition = 1_048_576;

const topLevel = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];

/** All findings about a definition at once; empty when it can run here. */
export const checkDefinition = (text: string): Diagnostic[] => {
  const found: Diagnostic[] = [];
  const report: Report = (code, message, location) =>
    void found.push({ severity: 'ERROR', code, message, location });
  const machine = parse(text, report);
  if (machine) checkMachine(machine, report);
  return found;
};

const parse = (text: string, report: Report): Fields | undefined => {
  if (Buffer.byteLength(text) > largestDefinition) {
    report(schemaError, `Definition exceeds ${largestDefinition} bytes`, '/');
    return undefined;
  }
  try {
    const machine: unknown = JSON.parse(text);
    if (isObject(machine)) return machine;
    report(schemaError, 'Definition must be a valid JSON object', '/');
  } catch (cause) {
    report('INVALID_JSON_DESCRIPTION', (cause as Error).message, '/');
  }
  return undefined;
};

const checkMachine = (machine: Fields, report: Report): void => {
  const missing = ['StartAt', 'States'].filter((field) => machine[field] === undefined);
  if (missing.length > 0) report(schemaError, `These fields are required: [${missing.join(', ')}]`, '/');
  for (const field of Object.keys(machine))
    if (!topLevel.includes(field)) report(schemaError, `Field '${field}' is not supported`, `/${field}`);
  checkNumber(machine, 'TimeoutSeconds', '', report, { least: 1, most: 99_999_999 });
  const language = machine.QueryLanguage;
  if (language !== undefined && language !== 'JSONata' && language !== 'JSONPath')
    report(schemaError, 'Value should be one of the following: [JSONPath, JSONata]', '/QueryLanguage');
  if (!isObject(machine.States)) {
    if (machine.States !== undefined) report(schemaError, 'Expected value of type [OBJECT]', '/States');
    return;
  }
  checkStates(machine, machine.States, report);
};

const checkStates = (machine: Fields, states: Fields, report: Report): void => {
  const seen = new Set<string>();
  for (const [name, state] of Object.entries(states)) {
    if (speaksJsonata(machine, state)) checkState(name, state, report, seen);
    else
      report(
        schemaError,
        "The embedded Step Functions runs JSONata only; set QueryLanguage to 'JSONata'",
        `/States/${name}`,
      );
  }
  checkGraph(machine, states, report);
};

const speaksJsonata = (machine: Fields, state: unknown): boolean =>
  machine.QueryLanguage === 'JSONata' || (isObject(state) && state.QueryLanguage === 'JSONata');

/** Where a state may go, with the field that says so. */
const targetsOf = (state: Fields): [field: string, target: unknown][] => {
  const each = (list: unknown, field: string): [string, unknown][] =>
    Array.isArray(list)
      ? list.map((item, i) => [`${field}[${i}]/Next`, isObject(item) ? item.Next : undefined])
      : [];
  const direct: [string, unknown][] = ['Next', 'Default']
    .filter((field) => state[field] !== undefined)
    .map((field) => [field, state[field]]);
  return [...direct, ...each(state.Choices, 'Choices'), ...each(state.Catch, 'Catch')];
};

const checkGraph = (machine: Fields, states: Fields, report: Report): void => {
  const reached = new Set<string>();
  const open: string[] = [];
  const visit = (target: unknown, field: string, at: string) => {
    if (typeof target !== 'string' || !Object.hasOwn(states, target))
      report(missingTarget, `Missing '${field}' target: ${String(target)}`, at);
    else if (!reached.has(target)) {
      reached.add(target);
      open.push(target);
    }
  };
  if (machine.StartAt !== undefined) visit(machine.StartAt, 'StartAt', '/StartAt');
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states[name];
    if (!isObject(state)) continue;
    for (const [field, target] of targetsOf(state))
      visit(target, field.split('/').at(-1) as string, `/States/${name}/${field}`);
  }
  reportUnreached(states, reached, report);
};

const isEnd = (state: unknown): boolean =>
  isObject(state) &&
  (state.Type === 'Succeed' || state.Type === 'Fail' || (hasNext(state.Type) && state.End === true));

const reportUnreached = (states: Fields, reached: ReadonlySet<string>, report: Report): void => {
  for (const name of Object.keys(states))
    if (!reached.has(name)) report(missingTarget, `State '${name}' is not reachable.`, `/States/${name}`);
  if (!Object.values(states).some(isEnd))
    report('MISSING_END_STATE', 'No terminal state found in machine', '/');
};
