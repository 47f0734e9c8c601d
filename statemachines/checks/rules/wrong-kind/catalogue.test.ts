import { expect, test } from 'vitest';
import { checkDocument } from '../../check.ts';

const journey = (value: unknown) =>
  JSON.stringify({
    ...{ wayleaf: 1, id: 'hello', name: 'Hello', enter: { on: [{ manual: true }] } },
    steps: [
      { id: 'size', type: 'update', set: { companySize: 5 } },
      { id: 'bye', type: 'exit', if: { contact: 'companySize', is: value } },
    ],
  });
const codes = (value: unknown, fields: Record<string, { type: string }>) =>
  checkDocument(journey(value), { fields }).issues.map(({ code }) => code);

test('a field of the catalogue has its type, whatever forms and steps say', () => {
  expect(codes('many', { companySize: { type: 'number' } })).toEqual(['wrong-kind']);
  expect(codes(5, { companySize: { type: 'number' } })).toEqual([]);
  expect(codes('many', {})).toEqual([]);
});
