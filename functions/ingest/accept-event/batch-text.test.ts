import { expect, test } from 'vitest';
import { readBatchText } from './batch-text.ts';

const read = (text: string) => {
  const { value, unreadable } = readBatchText(text, 10_000);
  return [value, [...unreadable].map(([index, { code }]) => `${index} ${code}`)];
};

test('what is right is read as it stands', () => {
  expect(read('{"batch":[{"a":1}],"sentAt":"x"}')).toEqual([{ batch: [{ a: 1 }], sentAt: 'x' }, []]);
});

test.each([
  ['a name twice', '{"a":1,"a":2}', 'duplicate-key'],
  ['a name of prototypes', '{"constructor":"Ferrari"}', 'forbidden-key'],
  ['half a character', '{"a":"\\ud800"}', 'lone-surrogate'],
  ['a number beyond all bounds', '{"a":1e999}', 'number-too-large'],
  ['too many levels', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'too-deep'],
])('%s spoils its own event only', (_, item, code) => {
  expect(read(`{"sentAt":"batch","batch":[ {"t":"[,]\\"}"} , ${item},{"b":2}] }`)).toEqual([
    { sentAt: 'batch', batch: [{ t: '[,]"}' }, undefined, { b: 2 }] },
    [`1 ${code}`],
  ]);
});

test.each([
  ['a name twice around the events', '{"batch":[],"batch":[{"a":1,"a":2}]}', 'duplicate-key'],
  ['a name of prototypes around them', '{"__proto__":{},"batch":[{"a":1,"a":2}]}', 'forbidden-key'],
  ['a name twice where there are no events', '{"a":{"b":1,"b":2}}', 'duplicate-key'],
  ['a batch that is no list', '{"batch":{"b":1,"b":2}}', 'duplicate-key'],
  ['text that is no JSON', '{"batch":[{"a":1,}]}', 'not-json'],
  ['a list that never ends', `{"batch":[${'['.repeat(9_000)}`, 'too-deep'],
  ['a name that never ends', `{"batch":[${'['.repeat(40)}"`, 'too-deep'],
])('refuses %s', (_, text, code) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ status: 400, code }));
});
