import type { Options } from 'csv-parse';
import { CsvError, parse } from 'csv-parse/sync';
import { Refusal } from '#kernel/errors';
import { declaredSeparator, type Separator, sniffSeparator } from './separators.ts';

/** A cell that never ends swallows what follows; so much no row of contacts holds. */
const longestRow = 128 * 1024;

export const parseOptions = (separator: Separator): Options => ({
  delimiter: separator,
  record_delimiter: ['\r\n', '\n', '\r'],
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: longestRow,
});

export interface Table {
  separator: Separator;
  header: string[];
  /** As spreadsheets count: the row of the header. */
  headerRow: number;
  rows: string[][];
}

/** A row of empty cells is what spreadsheets leave below a table. */
export const isBlankRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** The whole text at once: for parts of a few megabytes. */
export const parseCsv = (given: string, named?: Separator): Table => {
  const { separator: declared, rest: text } = declaredSeparator(given);
  if (text.includes('\u0000'))
    throw new Refusal(400, 'not-text', 'The file holds characters that no text has.');
  const separator = named ?? declared ?? sniffSeparator(text);
  const records = recordsOf(text, separator);
  const at = records.findIndex((cells) => !isBlankRow(cells));
  const header = records[at];
  if (!header)
    throw new Refusal(
      422,
      'no-header',
      'The first line must name the columns, such as email,firstName,consent.',
    );
  return { separator, header, headerRow: at + 1, rows: records.slice(at + 1) };
};

const recordsOf = (text: string, separator: Separator): string[][] => {
  try {
    return parse(text, parseOptions(separator)) as unknown as string[][];
  } catch (error) {
    throw refusalOf(error);
  }
};

/** The parser's own words, as ours. Anything else is no fault of the file. */
export const refusalOf = (error: unknown): unknown => {
  if (!(error instanceof CsvError)) return error;
  const line = Number((error as { lines?: number }).lines ?? 0);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return new Refusal(
      422,
      'quote-not-closed',
      `A quote that opens a cell is never closed; the file ends in line ${line}.`,
      {
        cause: error,
      },
    );
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new Refusal(
      422,
      'row-too-long',
      `The row that ends at line ${line} is over 128 KB. A quote that is never closed makes one row of many.`,
      { cause: error },
    );
  return new Refusal(422, 'malformed-csv', `The file cannot be read as CSV at line ${line}.`, {
    cause: error,
  });
};
