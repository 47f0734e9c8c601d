import { vi } from 'vitest';
import { createProgram, runProgram } from '#infra/cli/program';

/** What the real command prints. */
export const printed = async (...args: string[]): Promise<string> => {
  let out = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    const code = await runProgram(createProgram(), ['node', 'wayleaf', 'report', ...args]);
    if (code !== 0) throw new Error(`wayleaf report ${args.join(' ')} ended with ${code}`);
    return out;
  } finally {
    write.mockRestore();
  }
};

export interface PrintedTable {
  title: string;
  columns: string[];
  rows: string[][];
}

/** The tables in what was printed: a title, a line of names, a line that is drawn, rows up to an empty line. */
export const tablesIn = (text: string): PrintedTable[] => {
  const lines = text.split('\n');
  return lines.flatMap((line, i) => {
    if (!/^─+(?: {2}─+)*$/.test(line)) return [];
    const widths = line.split('  ').map(({ length }) => length);
    const cells = (row: string): string[] =>
      widths.map((width, k) => {
        const start = widths.slice(0, k).reduce((sum, before) => sum + before + 2, 0);
        return row.slice(start, start + width).trim();
      });
    const rest = lines.slice(i + 1);
    const end = rest.indexOf('');
    const rows = end === -1 ? rest : rest.slice(0, end);
    return [{ title: lines[i - 2] ?? '', columns: cells(lines[i - 1] ?? ''), rows: rows.map(cells) }];
  });
};

/** A CSV without the marks that keep cells from being formulas, by plain reading: it shares no code with the writer. */
export const cellsOf = (csv: string): string[][] => {
  const rows: string[][] = [];
  for (const line of csv.trimEnd().split('\r\n')) {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
    );
    rows.push(cells.map((cell) => cell.replace(/^'(?=[=+\-@])/, '')));
  }
  return rows;
};

const isNothing = (cell: string): boolean => cell === '' || cell === '0';
export const numbersIn = (text: string): number[] =>
  [...text.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(([n]) => sixPlaces(Number(n)));
const sixPlaces = (n: number): number => Math.round(n * 1e6) / 1e6;

const isSame = (found: string, wanted: string, tolerance: number): boolean =>
  found === wanted ||
  (wanted !== '' && Math.abs(Number(found.replaceAll(',', '')) - Number(wanted)) <= tolerance);

/** How far a table that was printed is another than the one in the CSV; nothing when they say the same. */
export const differencesOf = (
  { columns, rows }: PrintedTable,
  [head = [], ...body]: string[][],
  tolerance = 0,
): string[] => {
  if (rows.length !== body.length) return [`${rows.length} rows, not ${body.length}`];
  const missing = head.flatMap((name, i) => {
    if (columns.includes(name) || body.every((row) => isNothing(row[i] ?? ''))) return [];
    const isInterval = / (?:low|high)$/.test(name) && columns.includes(name.replace(/ (?:low|high)$/, ''));
    return isInterval ? [] : [`the column ${name} is missing`];
  });
  const wrong = columns.flatMap((name, k) => {
    const i = head.indexOf(name);
    return rows.flatMap((row, r) => {
      const found = row[k] ?? '';
      const wanted = body[r]?.[i] ?? '';
      if (head[i + 1] !== `${name} low` || wanted === '')
        return isSame(found, wanted, tolerance) ? [] : [`${name}: "${found}", not "${wanted}"`];
      const factor = found.includes('%') ? 100 : 1;
      const three = [wanted, body[r]?.[i + 1], body[r]?.[i + 2]].map((cell) => Number(cell) * factor);
      const near = numbersIn(found).map((n, j) => Math.abs(n - three[j]!) <= 0.051);
      return near.length === 3 && near.every(Boolean) ? [] : [`${name}: "${found}", not ${three.join(', ')}`];
    });
  });
  return [...missing, ...wrong];
};

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** Of a table that is told in sentences: words that were not printed, and key figures that are others. */
export const sentencesMissing = (text: string, [head = [], ...body]: string[][]): string[] => {
  const plain = inOneLine(text);
  const words = body.flat().filter((cell) => / /.test(cell) && !plain.includes(inOneLine(cell)));
  const at = (row: readonly string[], name: string): string => row[head.indexOf(name)] ?? '';
  const wrong = body.flatMap((row) => {
    if (!head.includes('unit') || at(row, 'value') === '' || at(row, 'unit') === 'seconds') return [];
    const factor = at(row, 'unit') === 'share' ? 100 : 1;
    const line = text.split('\n').find((each) => each.startsWith(`${at(row, 'figure')}: `)) ?? '';
    const wanted = ['value', 'low', 'high'].map((name) => at(row, name)).filter((cell) => cell !== '');
    const found = numbersIn(line.slice(at(row, 'figure').length));
    const areSame = wanted.every((cell, i) => Math.abs(Number(cell) * factor - found[i]!) <= 0.051);
    return found.length === wanted.length && areSame ? [] : [`"${line}" is not ${wanted.join(', ')}`];
  });
  return [...words, ...wrong];
};

/** What is no figure: places in a list, and what is said of all in one place. */
const noFigures = ['branch', 'leader', 'relativeError'];

/** Every number of an answer, with where it stands; a share that is of nobody says nothing. */
export const figuresIn = (answer: unknown, at = ''): [string, number][] => {
  if (typeof answer === 'number') return [[at, sixPlaces(answer)]];
  if (typeof answer !== 'object' || answer === null) return [];
  if ('value' in answer && answer.value === null) return [];
  return Object.entries(answer)
    .filter(([name]) => !noFigures.includes(name))
    .flatMap(([name, value]) => figuresIn(value, `${at}/${name}`));
};
