/** What a spreadsheet may take for a formula, in ASCII and in the wide forms that it reads alike. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
/**
 * Where another program splits the cell, at a semicolon, a tab, a quote or the end of a line: what
 * follows may become a cell of its own. A whole run with its apostrophes, so that a long one costs no more.
 */
const split = /[;\t"\r\n\v\f\u0085\u2028\u2029][;"\s\u0085]*'*/g;
const formulaSign = /[=+\-@＝＋－＠]/;
const afterSplits = (text: string, change: (run: string) => string): string =>
  text.replace(split, (run, at: number) =>
    formulaSign.test(text[at + run.length] ?? '') ? change(run) : run,
  );
const plainNumber = /^-?\d+(?:\.\d+)?$/;

/** An apostrophe makes text of it (OWASP, "CSV Injection"); a plain number needs none. */
const guardFormula = (text: string): string => {
  const guarded = afterSplits(text, (run) => `${run}'`);
  return formula.test(guarded) && !plainNumber.test(guarded) ? `'${guarded}` : guarded;
};

/** The reverse, for files that we wrote, or anybody who guards alike. */
export const unguardFormula = (text: string): string =>
  afterSplits(text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text, (run) =>
    run.replace(/'$/, ''),
  );

const quoted = (cell: string): string =>
  /[",;\t|\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** One line of RFC 4180, with its end. An only cell that is empty would be no line at all. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.length === 1 && cells[0] === '' ? '""' : cells.map(quoted).join(',')}\r\n`;

/** As `csvLine`, for files that people open in a spreadsheet. */
export const safeCsvLine = (cells: readonly string[]): string => csvLine(cells.map(guardFormula));
