/** What a spreadsheet may take for a formula, in ASCII and in the wide forms that it reads alike. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
/** Where a spreadsheet of another country splits the cell: what follows is a cell of its own. */
const inner = /([;\t"]\s*)(?='*[=+\-@＝＋－＠])/g;
const guardedInner = /([;\t"]\s*)'(?='*[=+\-@＝＋－＠])/g;
const plainNumber = /^-?\d+(?:\.\d+)?$/;

/** An apostrophe makes text of it (OWASP, "CSV Injection"); a plain number needs none. */
const guardFormula = (text: string): string => {
  const guarded = text.replace(inner, "$1'");
  return formula.test(guarded) && !plainNumber.test(guarded) ? `'${guarded}` : guarded;
};

/** The reverse, for files that we wrote, or anybody who guards alike. */
export const unguardFormula = (text: string): string =>
  (text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text).replace(guardedInner, '$1');

const quoted = (cell: string): string =>
  /[",;\t|\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** One line of RFC 4180, with its end. An only cell that is empty would be no line at all. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.length === 1 && cells[0] === '' ? '""' : cells.map(quoted).join(',')}\r\n`;

/** As `csvLine`, for files that people open in a spreadsheet. */
export const safeCsvLine = (cells: readonly string[]): string => csvLine(cells.map(guardFormula));
