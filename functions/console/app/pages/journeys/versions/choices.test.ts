import { expect, test } from 'vitest';
import type { Journey } from '#statemachines/document/schema';
import { editionsOf, firstChoice } from './choices.ts';

const document = {} as Journey;

test('the draft stands first, then the newest version', () => {
  expect(editionsOf({ version: 3, document })).toEqual(['draft', 3, 2, 1]);
  expect(editionsOf({ version: 1 })).toEqual([1]);
});

test('a changed draft is compared with what is live, an unchanged one leaves the last two versions', () => {
  expect(firstChoice({ version: 3, document }, true)).toEqual({ before: 3, after: 'draft' });
  expect(firstChoice({ version: 3, document }, false)).toEqual({ before: 2, after: 3 });
  expect(firstChoice({ version: 1, document }, false)).toEqual({ before: 1, after: 'draft' });
});
