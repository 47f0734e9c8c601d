import { visit } from 'jsonc-parser';

/** The strict door for JSON from outside: request bodies and documents. */

/** As deep as DynamoDB keeps. */
export const maxJsonDepth = 32;
/** Names that would reach into the prototype of an object. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** An object of JSON: neither a list nor `null`. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface JsonProblem {
  code:
    | 'too-large'
    | 'not-utf8'
    | 'not-json'
    | 'too-deep'
    | 'duplicate-key'
    | 'forbidden-key'
    | 'lone-surrogate'
    | 'number-too-large';
  /** A sentence that may be shown to the sender; names keys, never values. */
  message: string;
}
export type JsonResult =
  | { value: unknown; problem?: undefined }
  | { value?: undefined; problem: JsonProblem };

/** @param maxBytes of the UTF-8 text */
export const parseJson = (input: string | Uint8Array, limits: { maxBytes: number }): JsonResult => {
  if (isLarger(input, limits.maxBytes))
    return refuse('too-large', `The JSON is larger than ${limits.maxBytes} bytes.`);
  const text = typeof input === 'string' ? input : decode(input);
  if (text === undefined) return refuse('not-utf8', 'The text is not valid UTF-8.');
  const { members, tooDeepAt } = scanJson(text);
  if (tooDeepAt !== undefined)
    return refuse('too-deep', `The JSON is nested deeper than ${maxJsonDepth} levels.`);
  return parseScanned(text, members);
};

/** @param members as `scanJson` counted them */
export const parseScanned = (text: string, members: number): JsonResult => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('not-json', 'The text is not valid JSON.');
  }
  const counter = { members: 0 };
  const problem = findProblem(value, counter);
  if (problem) return { problem };
  if (counter.members !== members) return refuse('duplicate-key', duplicateMessage(text));
  return { value };
};

const refuse = (code: JsonProblem['code'], message: string): JsonResult => ({ problem: { code, message } });

const isLarger = (input: string | Uint8Array, maxBytes: number): boolean => utf8Length(input) > maxBytes;
/** In bytes. */
export const utf8Length = (input: string | Uint8Array): number =>
  typeof input === 'string' ? new TextEncoder().encode(input).length : input.length;

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * One pass over the text, before any recursive parser sees it: how deep it nests, and how many members
 * its objects are written with (a repeated key is gone after parsing, so the two counts differ).
 */
export const scanJson = (text: string): { members: number; tooDeepAt?: number } => {
  let depth = 0;
  let members = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === quote) i = endOfString(text, i);
    else if (c === colon) members++;
    else if (c === openBrace || c === openBracket) {
      if (++depth > maxJsonDepth) return { members, tooDeepAt: i };
    } else if (c === closeBrace || c === closeBracket) depth--;
  }
  return { members };
};

const quote = 34;
const colon = 58;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;

/** @param start of its opening quote */
export const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
};
const isEscaped = (text: string, at: number): boolean => {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first--;
  return (at - first) % 2 === 1;
};

/** What `JSON.parse` lets through. Safe to recurse: the depth is bounded. */
const findProblem = (value: unknown, counter: { members: number }): JsonProblem | undefined => {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : loneSurrogate;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : tooLargeNumber;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return firstProblem(value, counter);
  const keys = Object.keys(value);
  counter.members += keys.length;
  const bad = keys.find((key) => forbiddenKeys.has(key));
  if (bad) return { code: 'forbidden-key', message: `The member name "${bad}" is not allowed.` };
  if (keys.some((key) => !key.isWellFormed())) return loneSurrogate;
  return firstProblem(Object.values(value), counter);
};

const firstProblem = (values: readonly unknown[], counter: { members: number }): JsonProblem | undefined => {
  for (const value of values) {
    const problem = findProblem(value, counter);
    if (problem) return problem;
  }
  return undefined;
};

const loneSurrogate: JsonProblem = {
  code: 'lone-surrogate',
  message: 'The text holds half of a character (a lone surrogate).',
};
const tooLargeNumber: JsonProblem = {
  code: 'number-too-large',
  message: 'A number is too large to be kept.',
};

const duplicateMessage = (text: string): string => {
  const name = firstDuplicate(text);
  return name === undefined
    ? 'A member stands twice in the same object.'
    : `The member "${name.slice(0, 80)}" stands twice in the same object.`;
};

const firstDuplicate = (text: string): string | undefined => {
  const open: Set<string>[] = [];
  let found: string | undefined;
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      if (found === undefined && open.at(-1)?.has(name)) found = name;
      open.at(-1)?.add(name);
    },
  });
  return found;
};
