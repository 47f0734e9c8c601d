import { csvLine } from '#csv/write';
import type { Rows } from './read-file.ts';

/** So many rows, or so many characters, are one part: far below what a request may hold. */
const partRows = 5_000;
const partLength = 1_500_000;

export interface Part {
  number: number;
  rows: number;
  /** CSV with the header of all parts, in our own writing. */
  text: string;
}

/** The rows as parts that are read each by itself; the same file makes the same parts. */
export async function* partsOf({ blank, header, rows }: Rows): AsyncGenerator<Part> {
  const start = (number: number) => (number === 1 ? '\r\n'.repeat(blank) : '') + csvLine(header);
  let number = 1;
  let lines: string[] = [start(number)];
  let length = 0;
  for await (const row of rows) {
    const line = row.length === 1 && row[0] === '' ? '\r\n' : csvLine(row);
    lines.push(line);
    length += line.length;
    if (lines.length > partRows || length > partLength) {
      yield { number, rows: lines.length - 1, text: lines.join('') };
      number++;
      lines = [start(number)];
      length = 0;
    }
  }
  if (lines.length > 1 || number === 1) yield { number, rows: lines.length - 1, text: lines.join('') };
}
