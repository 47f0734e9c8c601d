import { expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

const lines = (...texts: string[]): string => `${texts.join('\n')}\n`;

it('shows changed lines with three lines around them, as diff -u does', () => {
  const before = lines('1', '2', '3', '4', '5', '6', '7', '8', '9', '10');
  expect(unifiedDiff('f', before, before.replace('5', 'five').replace('6\n', ''))).toBe(
    lines('--- f', '+++ f', '@@ -2,8 +2,7 @@', ' 2', ' 3', ' 4', '-5', '-6', '+five', ' 7', ' 8', ' 9'),
  );
});

it('shows changes far from each other apart, and lines that are put in', () => {
  const before = lines(...Array.from({ length: 30 }, (_, i) => `line ${i}`));
  const after = before.replace('line 2\n', 'line 2\nnew\n').replace('line 28', 'line twenty-eight');
  const diff = unifiedDiff('f', before, after);
  expect(diff.match(/^@@.*/gm)).toEqual(['@@ -1,6 +1,7 @@', '@@ -26,6 +27,6 @@']);
  expect(diff.match(/^[+-][^+-].*/gm)).toEqual(['+new', '-line 28', '+line twenty-eight']);
});

it('is empty where nothing changed', () => expect(unifiedDiff('f', 'a', 'a')).toBe(''));
