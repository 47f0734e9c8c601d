import { Refusal } from '#kernel/errors';

const maxDepth = 32;
const barred = new Set(['__proto__', 'constructor', 'prototype']);

const refuse = (code: string, message: string): never => {
  throw new Refusal(400, code, message);
};

const checkTree = (value: unknown, depth: number): void => {
  if (typeof value === 'string' && !value.isWellFormed())
    refuse('lone-surrogate', 'A text holds half a character.');
  if (typeof value !== 'object' || value === null) return;
  if (depth === maxDepth) refuse('too-deep', `JSON may be at most ${maxDepth} levels deep.`);
  for (const [key, inner] of Object.entries(value)) {
    if (barred.has(key)) refuse('barred-key', `"${key}" may not be used as a name.`);
    checkTree(inner, depth + 1);
  }
};

/** The JSON of a stranger: bounded depth, no keys that reach into objects' prototypes. */
export const parseJsonText = (text: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Refusal(400, 'malformed-json', 'The body is not JSON.', { cause });
  }
  checkTree(value, 0);
  return value;
};
