import type * as z from 'zod';
import { plural } from '#kernel/words';
import type { Mistake, ShapeFinding } from './shape.ts';
import { describeValue } from './values.ts';

type LimitIssue = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

/** Too short, too long, too small, too large. */
export const limitFinding = (mistake: Mistake, issue: LimitIssue): ShapeFinding => {
  if (issue.message === 'empty-audience') return emptyAudience(mistake);
  const { path, value, place } = mistake;
  const words = Array.isArray(value) ? listWords(issue, value) : valueWords(issue, value);
  return { ...words, path, message: `${place} ${words.message}` };
};

const emptyAudience = ({ path, place }: Mistake): ShapeFinding => ({
  code: 'empty-audience',
  path,
  message: `${place} is empty: it would say nothing about anybody`,
  hint: 'name at least one condition, or remove the member to mean every contact',
});

const listWords = (issue: LimitIssue, value: readonly unknown[]): Omit<ShapeFinding, 'path'> => {
  if (issue.code === 'too_big')
    return { code: 'too-many', message: `has ${value.length} entries; at most ${issue.maximum} are allowed` };
  if (value.length === 0) return { code: 'empty-list', message: 'is empty', hint: issue.message };
  return {
    code: 'too-few',
    message: `has only ${plural(value.length, 'entry', 'entries')}`,
    hint: issue.message,
  };
};

const valueWords = (issue: LimitIssue, value: unknown): Omit<ShapeFinding, 'path'> => {
  if (value === '')
    return { code: 'empty-text', message: 'is an empty text', hint: 'write something, or remove the member' };
  if (typeof value === 'string' && issue.code === 'too_big')
    return {
      code: 'too-long',
      message: `has ${value.length} characters; at most ${issue.maximum} are allowed`,
    };
  return issue.code === 'too_big'
    ? { code: 'too-large', message: `is ${describeValue(value)}; at most ${issue.maximum} is allowed` }
    : { code: 'too-small', message: `is ${describeValue(value)}; at least ${issue.minimum} is needed` };
};
