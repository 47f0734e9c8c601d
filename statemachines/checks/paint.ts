/** Colours and carets for a terminal. */

export type Style = 'error' | 'warning' | 'dim' | 'hint' | 'strong';
export type Paint = (style: Style, text: string) => string;

const codes: Record<Style, string> = { error: '1;31', warning: '1;33', dim: '2', hint: '36', strong: '1' };
const painted: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;
const plain: Paint = (_, text) => text;

export const paintFor = (color: boolean | undefined): Paint => (color ? painted : plain);

const isWide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u;

/** Columns on a terminal: wide characters take two. */
const cells = (text: string): number =>
  [...text].reduce((sum, character) => sum + (isWide.test(character) ? 2 : 1), 0);

/** One name, text, number or word is underlined as a whole; else one character. */
const markLength = (rest: string): number =>
  cells(/^(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)/.exec(rest)?.[0] ?? '') || 1;

/** The line below a line of source, with a mark under what stands at `column` (1-based, in UTF-16 units). */
export const underline = (source: string, column: number, mark: (text: string) => string): string =>
  ' '.repeat(cells(source.slice(0, column - 1))) + mark('^'.repeat(markLength(source.slice(column - 1))));
