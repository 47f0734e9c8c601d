import { expect, test } from 'vitest';
import { compact, number, percent } from './format.ts';

test('numbers are grouped, and short only where they are long', () => {
  expect([number(1234567), compact(9999), compact(1_250_000)]).toEqual(['1,234,567', '9,999', '1.3M']);
});

test('a share of nothing is no number', () => {
  expect([percent(1, 8), percent(1, 2), percent(0, 0)]).toEqual(['12.5 %', '50 %', '–']);
});
