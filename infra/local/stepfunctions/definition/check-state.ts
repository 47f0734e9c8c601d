import { checkTemplate } from './check-expressions.ts';
import { type Report, schemaError } from './diagnostic.ts';
import {
  checkFields,
  checkNumber,
  type Fields,
  hasNext,
  isNonEmptyList,
  isObject,
  stateTypes,
} from './fields.ts';
import { parseResource } from './resource.ts';

/** Everything about one state that can be said without looking at the others. */
export const checkState = (name: string, state: unknown, report: Report, seen: Set<string>) => {
  const at = `/States/${name}`;
  if (name.length > 80) report(schemaError, `State name exceeds 80 characters: '${name}'`, at);
  if (!isObject(state)) return report(schemaError, 'Expected value of type [OBJECT]', at);
  const type = state.Type;
  if (typeof type !== 'string' || !stateTypes.includes(type)) return checkType(type, at, report);
  if (!checkLanguage(state, at, report)) return;
  checkFields(type, state, at, report);
  checkNextAndEnd(type, state, at, report);
  for (const [field, value] of Object.entries(state)) {
    if (field !== 'Comment' && field !== 'Retry') checkTemplate(value, `${at}/${field}`, report, seen);
  }
  checkAssign(state.Assign, `${at}/Assign`, report);
  checksOfType[type]?.(state, at, report);
};

const checkType = (type: unknown, at: string, report: Report): void => {
  const message =
    type === 'Parallel' || type === 'Map'
      ? `The state type '${type}' is not offered by the embedded Step Functions`
      : `Value should be one of the following: [${stateTypes.join(', ')}]`;
  report(schemaError, message, `${at}/Type`);
};

const checkLanguage = (state: Fields, at: string, report: Report): boolean => {
  if (state.QueryLanguage === undefined || state.QueryLanguage === 'JSONata') return true;
  report(
    schemaError,
    state.QueryLanguage === 'JSONPath'
      ? 'The embedded Step Functions runs JSONata only'
      : 'Value should be one of the following: [JSONPath, JSONata]',
    `${at}/QueryLanguage`,
  );
  return false;
};

const checkNextAndEnd = (type: string, state: Fields, at: string, report: Report): void => {
  if (!hasNext(type)) return;
  const { Next, End } = state;
  if (End !== undefined && typeof End !== 'boolean')
    report(schemaError, 'Expected value of type [BOOLEAN]', `${at}/End`);
  if ((Next === undefined) === (End !== true))
    report(schemaError, 'State must have exactly one of Next and End: true', at);
};

const checkAssign = (assign: unknown, at: string, report: Report) => {
  if (assign === undefined) return;
  if (!isObject(assign)) return report(schemaError, 'Expected value of type [OBJECT]', at);
  for (const name of Object.keys(assign)) {
    if (name === 'states') report(schemaError, "Variable name 'states' is reserved", `${at}/${name}`);
    else if (!/^[\p{ID_Start}][\p{ID_Continue}]{0,79}$/u.test(name))
      report(schemaError, `Invalid variable name '${name}'`, `${at}/${name}`);
  }
};

type Check = (state: Fields, at: string, report: Report) => void;

const longest = 99_999_999;

/** Seconds may be given by an expression; a literal must be in range. */
const checkSeconds = (state: Fields, field: string, at: string, report: Report, least: number): void => {
  if (typeof state[field] === 'string' && (state[field] as string).startsWith('{%')) return;
  checkNumber(state, field, at, report, { least, most: longest });
};

const checkErrorEquals = (owner: Fields, at: string, isLast: boolean, report: Report) => {
  const names = owner.ErrorEquals;
  if (!isNonEmptyList(names) || !names.every((n) => typeof n === 'string'))
    return report(schemaError, 'ErrorEquals must be a non-empty array of error names', `${at}/ErrorEquals`);
  if (names.includes('States.ALL') && (names.length > 1 || !isLast))
    report(schemaError, 'States.ALL must appear alone and in the last entry', `${at}/ErrorEquals`);
};

const eachOf = (
  list: unknown,
  at: string,
  report: Report,
  check: (item: Fields, at: string, isLast: boolean) => void,
) => {
  if (list === undefined) return;
  if (!Array.isArray(list)) return report(schemaError, 'Expected value of type [ARRAY]', at);
  for (const [i, item] of list.entries()) {
    if (isObject(item)) check(item, `${at}[${i}]`, i === list.length - 1);
    else report(schemaError, 'Expected value of type [OBJECT]', `${at}[${i}]`);
  }
};

const known = (item: Fields, fields: readonly string[], at: string, report: Report): void => {
  for (const field of Object.keys(item))
    if (!fields.includes(field)) report(schemaError, `Field '${field}' is not supported`, `${at}/${field}`);
};

const retrierFields = [
  ...['ErrorEquals', 'IntervalSeconds', 'BackoffRate', 'MaxAttempts', 'MaxDelaySeconds', 'JitterStrategy'],
  'Comment',
];

const checkRetrier = (item: Fields, at: string, isLast: boolean, report: Report): void => {
  known(item, retrierFields, at, report);
  checkErrorEquals(item, at, isLast, report);
  checkNumber(item, 'IntervalSeconds', at, report, { least: 1, most: longest });
  checkNumber(item, 'MaxAttempts', at, report, { least: 0, most: longest });
  checkNumber(item, 'MaxDelaySeconds', at, report, { least: 1, most: 31_622_400 });
  checkNumber(item, 'BackoffRate', at, report, { least: 1, most: longest, whole: false });
  if (item.JitterStrategy !== undefined && item.JitterStrategy !== 'FULL' && item.JitterStrategy !== 'NONE')
    report(schemaError, 'Value should be one of the following: [FULL, NONE]', `${at}/JitterStrategy`);
};

const checkTask: Check = (state, at, report) => {
  if (state.Resource !== undefined && !parseResource(String(state.Resource)))
    report(
      schemaError,
      `The resource '${String(state.Resource)}' is not offered by the embedded Step Functions`,
      `${at}/Resource`,
    );
  if (state.Credentials !== undefined)
    report(schemaError, 'Credentials are not offered by the embedded Step Functions', `${at}/Credentials`);
  checkSeconds(state, 'TimeoutSeconds', at, report, 1);
  checkSeconds(state, 'HeartbeatSeconds', at, report, 1);
  if (Number(state.HeartbeatSeconds) >= Number(state.TimeoutSeconds))
    report(schemaError, 'HeartbeatSeconds must be smaller than TimeoutSeconds', `${at}/HeartbeatSeconds`);
  eachOf(state.Retry, `${at}/Retry`, report, (item, place, isLast) =>
    checkRetrier(item, place, isLast, report),
  );
  eachOf(state.Catch, `${at}/Catch`, report, (item, place, isLast) => {
    known(item, ['ErrorEquals', 'Next', 'Output', 'Assign', 'Comment'], place, report);
    checkErrorEquals(item, place, isLast, report);
    checkAssign(item.Assign, `${place}/Assign`, report);
  });
};

const checkChoice: Check = (state, at, report) => {
  if (state.Choices !== undefined && !isNonEmptyList(state.Choices))
    report(schemaError, 'Choices must be a non-empty array', `${at}/Choices`);
  eachOf(state.Choices, `${at}/Choices`, report, (item, place) => {
    known(item, ['Condition', 'Next', 'Output', 'Assign', 'Comment'], place, report);
    checkAssign(item.Assign, `${place}/Assign`, report);
    const { Condition } = item;
    if (typeof Condition !== 'boolean' && !(typeof Condition === 'string' && Condition.startsWith('{%')))
      report(schemaError, 'Condition must be a JSONata expression or a boolean', `${place}/Condition`);
  });
};

const checkWait: Check = (state, at, report) => {
  if ((state.Seconds === undefined) === (state.Timestamp === undefined))
    report(schemaError, 'State must have exactly one of Seconds and Timestamp', at);
  checkSeconds(state, 'Seconds', at, report, 0);
};

const checkFail: Check = (state, at, report) => {
  for (const field of ['Error', 'Cause'])
    if (state[field] !== undefined && typeof state[field] !== 'string')
      report(schemaError, 'Expected value of type [STRING]', `${at}/${field}`);
};

const checksOfType: Readonly<Record<string, Check>> = {
  Task: checkTask,
  Choice: checkChoice,
  Wait: checkWait,
  Fail: checkFail,
};
