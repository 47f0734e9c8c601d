import { expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { headOf, issuesOf, isUnknownContact } from './shown.ts';

test('above a message stands what is known of it, and nothing else', () => {
  const answer = {
    template: 't',
    channel: 'email' as const,
    subject: 'Hi',
    preheader: '',
    bytes: 2048,
    issues: [],
  };
  expect(headOf(answer).map(([, value]) => value)).toEqual(['Hi', expect.stringContaining('2.0 KB')]);
  expect(headOf({ template: 't', channel: 'sms', segments: 2, issues: [] })).toEqual([
    ['Size', 'paid as 2 texts'],
  ]);
});

test('issues are told by their place in the template', () => {
  const at = (path: string) => ({ code: 'x', severity: 'error' as const, path, message: 'm' });
  const error = new Problem({
    status: 422,
    code: 'x',
    detail: '',
    issues: [at('/template/subject'), at('/mjml')],
  });
  expect(issuesOf(error).map(({ path }) => path)).toEqual(['/subject', '/mjml']);
  expect(issuesOf(new Error('x'))).toEqual([]);
  expect(isUnknownContact(new Problem({ status: 404, code: 'unknown-contact', detail: '' }))).toBe(true);
});
