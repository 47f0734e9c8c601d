import { expect, test } from 'vitest';
import { isId, putTogether, takeApart } from './parts.ts';

const mail = { channel: 'email', subject: 'Hi', mjml: '<mjml/>', text: { file: 'a.txt' } };

test('long texts stand apart, and come back as they were', () => {
  const parts = takeApart(mail, ['mjml', 'html', 'text']);
  expect(Object.keys(parts)).toEqual(['json', 'mjml']);
  expect(parts.json).not.toContain('<mjml/>');
  expect(putTogether(parts)).toEqual({ value: mail });
  expect(putTogether({ ...parts, mjml: 'new' })).toMatchObject({ value: { mjml: 'new', subject: 'Hi' } });
});

test('texts of other languages stand apart, too, and go with their language', () => {
  const both = { ...mail, languages: { de: { subject: 'Hallo', mjml: '<de/>' } } };
  const parts = takeApart(both, ['mjml']);
  expect(parts['de.mjml']).toBe('<de/>');
  expect(putTogether(parts)).toEqual({ value: both });
  expect(putTogether({ ...parts, json: '{"channel":"email"}' })).toEqual({
    ...{ value: { channel: 'email', mjml: '<mjml/>' } },
  });
});

test('what is no JSON yet is told', () => {
  expect(putTogether({ json: '{' }).fault).toBeTruthy();
  expect(putTogether({ json: '7' })).toEqual({ value: 7 });
});

test('an id is one that journeys can name', () => {
  expect(['welcome', 'a-1'].every(isId)).toBe(true);
  expect(['', 'Welcome', '1a', 'a/b', '../x', 'a'.repeat(49)].some(isId)).toBe(false);
});
