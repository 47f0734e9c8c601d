import { expect, test } from 'vitest';
import { intentOf } from './inbound-sms.ts';

test.each([
  'STOP',
  'stop',
  ' Stop. ',
  'STOP!',
  'Stop please',
  'please stop',
  'STOPALL',
  'STOPP',
  'unsubscribe',
  'Cancel',
  'END',
  'quit',
  'Revoke',
  'OPT OUT',
  'opt-out',
  'optout',
  'stop texting me',
  'Stop, thank you',
  'ＳＴＯＰ',
])('%j stops', (text) => {
  expect(intentOf(text)).toBe('stop');
});

test.each(['START', 'start.', 'UNSTOP'])('%j starts again', (text) => {
  expect(intentOf(text)).toBe('start');
});

test.each([
  'Yes',
  'I will be at the bus stop at 9',
  "Don't stop believing",
  'The end of the month is fine',
  '',
  '👍',
])('%j is a reply', (text) => {
  expect(intentOf(text)).toBe('reply');
});
