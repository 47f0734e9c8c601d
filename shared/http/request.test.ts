import { expect, test } from 'vitest';
import { aRequest } from '#test/builders/http-request';
import { parameter } from './request.ts';

const withId = (id: string) => aRequest({ route: 'GET /v1/forms/{id}', parameters: { id } });

test('a parameter of the path is handed over as it is', () => {
  expect(parameter(withId('demo-request'), 'id')).toBe('demo-request');
});

test.each([
  ['an empty one', ''],
  ['one that is longer than any id', 'a'.repeat(257)],
])('refuses %s: no such thing can be stored', (_, id) => {
  expect(() => parameter(withId(id), 'id')).toThrow(
    expect.objectContaining({ status: 404, code: 'not-found' }),
  );
});
