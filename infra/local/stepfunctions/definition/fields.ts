import { type Report, schemaError } from './diagnostic.ts';

export type Fields = Readonly<Record<string, unknown>>;

const every = ['Type', 'Comment', 'QueryLanguage'];
const going = [...every, 'Next', 'End', 'Output', 'Assign'];

/** The fields a state of each type may carry, and those it must. */
const byType: Readonly<Record<string, { may: readonly string[]; must: readonly string[] }>> = {
  Task: {
    may: [
      ...going,
      'Resource',
      'Arguments',
      'TimeoutSeconds',
      'HeartbeatSeconds',
      'Retry',
      'Catch',
      'Credentials',
    ],
    must: ['Resource'],
  },
  Choice: { may: [...every, 'Choices', 'Default', 'Output', 'Assign'], must: ['Choices'] },
  Wait: { may: [...going, 'Seconds', 'Timestamp'], must: [] },
  Pass: { may: going, must: [] },
  Succeed: { may: [...every, 'Output'], must: [] },
  Fail: { may: [...every, 'Error', 'Cause'], must: [] },
};

export const stateTypes = Object.keys(byType);
export const hasNext = (type: unknown): boolean => type === 'Task' || type === 'Wait' || type === 'Pass';

const ofJsonPath = new Set([
  ...['InputPath', 'OutputPath', 'ResultPath', 'ResultSelector', 'Parameters', 'Result', 'ItemsPath'],
  ...['SecondsPath', 'TimestampPath', 'TimeoutSecondsPath', 'HeartbeatSecondsPath', 'ErrorPath', 'CausePath'],
]);

/** Finds fields that a state of this type does not have, and those it lacks. */
export const checkFields = (type: string, state: Fields, at: string, report: Report): void => {
  const { may, must } = byType[type] as { may: readonly string[]; must: readonly string[] };
  for (const field of Object.keys(state)) {
    if (may.includes(field)) continue;
    const message = ofJsonPath.has(field)
      ? `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`
      : `Field '${field}' is not supported`;
    report(schemaError, message, ofJsonPath.has(field) ? at : `${at}/${field}`);
  }
  const missing = must.filter((field) => state[field] === undefined);
  if (missing.length > 0) report(schemaError, `These fields are required: [${missing.join(', ')}]`, at);
};

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isNonEmptyList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 0;

/** Reports a number that is not within its bounds; leaves absent fields alone. */
export const checkNumber = (
  owner: Fields,
  field: string,
  at: string,
  report: Report,
  { least, most, whole = true }: { least: number; most: number; whole?: boolean },
): void => {
  const value = owner[field];
  if (value === undefined) return;
  const fits = typeof value === 'number' && value >= least && value <= most;
  if (fits && (!whole || Number.isInteger(value))) return;
  const kind = whole ? 'an integer' : 'a number';
  report(
    schemaError,
    `Value should be ${kind} between ${least} and ${most}, but was ${JSON.stringify(value)}`,
    `${at}/${field}`,
  );
};
