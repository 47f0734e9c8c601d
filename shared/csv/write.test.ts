import { expect, test } from 'vitest';
import { parseCsv } from './parse.ts';
import { safeCsvLine, unguardFormula } from './write.ts';

const cellOf = (text: string): string => parseCsv(`name,end\r\n${safeCsvLine([text, ''])}`).rows[0]![0]!;

test.each(['\r\n', '\r', '\n', '\n\n  ', '\v', '\f', '\u0085', '\u2028', '\u2029', ';', '\t', '"', '; "'])(
  'what follows %j in a cell is no formula, and is read as it was',
  (end) => {
    for (const formula of ['+cmd|calc', '=1+1', '-2', '@SUM(A1)', '＝1', "'=1", "''+1"]) {
      const text = `y${end}${formula}${end}${formula}`;
      const cell = cellOf(text);
      expect(cell).toBe(`y${end}'${formula}${end}'${formula}`);
      expect(unguardFormula(cell)).toBe(text);
    }
  },
);

test.each(['a\nb', 'a\r\nb = c', "it's\n'quoted'", '-5', '\n=1', "'\r\n=1", '\n'])(
  '%j is read as it was',
  (text) => {
    expect(unguardFormula(cellOf(text))).toBe(text);
  },
);

test('a text of nothing but line breaks and apostrophes is guarded at once', () => {
  const text = `y${'\n'.repeat(40_000)}${"'".repeat(40_000)}`;
  const started = performance.now();
  expect(unguardFormula(cellOf(text))).toBe(text);
  expect(performance.now() - started).toBeLessThan(1_000);
});
