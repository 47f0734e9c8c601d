import { expect, test } from 'vitest';
import * as z from 'zod';
import { issuesOf } from './zod-issues.ts';

const schema = z.strictObject({
  name: z.string().min(2).max(5).optional(),
  size: z.number().optional(),
  kind: z.enum(['a', 'b']).optional(),
  inner: z.strictObject({ one: z.string(), two: z.string().optional() }).optional(),
  step: z
    .discriminatedUnion('type', [z.object({ type: z.literal('x') }), z.object({ type: z.literal('y') })])
    .optional(),
  own: z.string('own words').optional(),
});

test.each([
  [{ name: 7 }, '/name', 'must be text, and is a number'],
  [{ name: 'x' }, '/name', 'must be at least 2 characters long'],
  [{ name: 'xxxxxx' }, '/name', 'must be at most 5 characters long'],
  [{ size: 'big' }, '/size', 'must be a number, and is text'],
  [{ kind: 'c' }, '/kind', 'use "a" or "b"'],
  [{ inner: {} }, '/inner/one', 'is missing'],
  [{ inner: { one: 'x', tow: 'y' } }, '/inner', 'there is no "tow" here; members here: one, two'],
  [{ step: { type: 'z' } }, '/step/type', 'fits none of the forms that are allowed here'],
  [{ own: 1 }, '/own', 'own words'],
])('%j is told in plain words', (value, path, message) => {
  const { error } = schema.safeParse(value);
  expect(issuesOf(error!, schema)).toMatchObject([{ path, message }]);
});
