import { expect, test } from 'vitest';
import { callSchemas } from './calls.ts';

test.each([
  ['track', {}, 'a track needs a name: event'],
  ['group', {}, 'a group call needs a groupId'],
  ['alias', {}, 'an alias call needs a previousId'],
  ['identify', { traits: 'x' }, 'context, properties and traits are JSON objects'],
  ['page', { messageId: 7 }, 'messageId is text'],
  ['page', { timestamp: 7 }, 'write a time in ISO 8601'],
] as const)('a wrong %s is told in plain words: %j', (type, call, message) => {
  expect(callSchemas[type].safeParse(call).error?.issues.map((issue) => issue.message)).toEqual([message]);
});
