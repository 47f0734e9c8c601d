import { expect, it } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';
import type { WebAnswer } from './web.ts';

const answered = (status: number, body = ''): WebAnswer => ({
  kind: 'answered',
  status,
  body: new TextEncoder().encode(body),
});

it.each([408, 425, 429, 500, 502, 503, 504])('tries again after %d', (status) =>
  expect(judgeAnswer(answered(status), false)).toEqual({
    outcome: 'failed',
    reason: `answered-${status}`,
    status,
    again: true,
  }),
);

it.each([301, 304, 400, 401, 403, 404, 409, 410, 422])('does not try again after %d', (status) =>
  expect(judgeAnswer(answered(status), false)).toMatchObject({ outcome: 'failed', again: false }),
);

it('tries again when nobody answered, and not when nobody was asked', () => {
  expect(judgeAnswer({ kind: 'failed', reason: 'timeout' }, false)).toMatchObject({ again: true });
  expect(judgeAnswer({ kind: 'refused', reason: 'private-address' }, false)).toMatchObject({ again: false });
  expect(judgeAnswer({ kind: 'too-large' }, false)).toMatchObject({ again: false });
});

it('keeps the JSON of the answer where it is wanted', () => {
  expect(judgeAnswer(answered(200, '{"score":7}'), true)).toEqual({
    outcome: 'done',
    status: 200,
    result: { score: 7 },
  });
  expect(judgeAnswer(answered(200, '{"score":7}'), false)).toEqual({ outcome: 'done', status: 200 });
  expect(judgeAnswer(answered(204), true)).toEqual({ outcome: 'done', status: 204 });
});

it.each([
  ['answer-not-json', '<html>'],
  ['answer-forbidden-key', '{"__proto__":{"a":1}}'],
  ['answer-too-deep', '['.repeat(40) + ']'.repeat(40)],
  ['answer-duplicate-key', '{"a":1,"a":2}'],
  ['answer-too-large', JSON.stringify('x'.repeat(17_000))],
])('keeps nothing of what it cannot trust: %s', (reason, body) =>
  expect(judgeAnswer(answered(200, body), true)).toMatchObject({ outcome: 'failed', reason, again: false }),
);
