import { expect, test } from 'vitest';
import { Problem, unreachable } from '../api/problem.ts';
import { describeFailure } from './describe-failure.ts';

const problem = (status: number, more: { request?: string; code?: string } = {}) =>
  new Problem({ status, code: 'code', detail: 'What the API said.', ...more });

test('a line that is down invites to another try', () => {
  expect(describeFailure(unreachable())).toMatchObject({ icon: 'offline', again: true });
});

test('what is refused for another reason than the role is not blamed on the role', () => {
  expect(describeFailure(problem(403)).title).toBe('What the API said.');
});

test('what a role may not do, and what is not there, stays so', () => {
  expect(describeFailure(problem(403, { code: 'forbidden' }))).toMatchObject({
    ...{ title: 'Your role does not allow this', text: 'What the API said.', again: false },
  });
  expect(describeFailure(problem(404))).toMatchObject({ text: 'What the API said.', again: false });
});

test('a fault on our side names the request, for whoever reads the logs, and quotes nothing', () => {
  const { title, text } = describeFailure(problem(500, { request: 'r-7' }));
  expect(text).toContain('r-7');
  expect(title + text).not.toContain('What the API said');
});

test('an error of the page itself is told without its text', () => {
  expect(describeFailure(new TypeError('x is undefined'))).toMatchObject({ icon: 'error', again: true });
});
