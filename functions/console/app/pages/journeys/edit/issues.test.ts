import { expect, test } from 'vitest';
import type { Issue } from '#kernel/issue';
import { countOf, issuesByStep } from './issues.ts';

const issue = (path: string, more: Partial<Issue> = {}): Issue => ({
  ...{ code: 'c', severity: 'error', path, message: 'm' },
  ...more,
});
const steps = [
  { id: 'ask', path: '/steps/0', line: 3 },
  { id: 'mail', path: '/steps/0/branches/0/steps/0', line: 7 },
];

test('an issue stands on the innermost step that it is in, and on none where it is the journey’s', () => {
  const inner = issue('/steps/0/branches/0/steps/0/template');
  const found = issuesByStep([issue('/enter'), inner, issue('/steps/0/question')], steps);
  expect([...found.keys()].sort()).toEqual(['ask', 'mail']);
  expect(found.get('mail')).toEqual([inner]);
});

test('an issue of a template that the journey names is not one of the step whose place is called alike', () => {
  expect(issuesByStep([issue('/steps/0', { file: 'templates/a.json' })], steps).size).toBe(0);
});

test('errors and warnings are counted apart', () => {
  expect(countOf([issue(''), issue('', { severity: 'warning' }), issue('')])).toEqual({
    errors: 2,
    warnings: 1,
  });
});
