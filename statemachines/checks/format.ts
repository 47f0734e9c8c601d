import type { Issue } from '../../shared/kernel/issue.ts';
import { plural } from '../../shared/kernel/words.ts';

export interface FormatOptions {
  /** Name of the file, as it is to be printed. */
  file: string;
  /** The text that was checked; without it no source lines are shown. */
  text?: string;
  /** ANSI colours. */
  color?: boolean;
}

/** Issues for a terminal: where, what, the line itself with a caret, and what to write instead. */
export const formatIssues = (issues: readonly Issue[], options: FormatOptions): string => {
  const paint = options.color ? painted : plain;
  const lines = options.text?.split(/\r?\n/) ?? [];
  const blocks = issues.map((issue) => formatIssue(issue, options.file, lines, paint));
  return [...blocks, summary(issues, paint)].join('\n\n');
};

type Style = 'error' | 'warning' | 'dim' | 'hint' | 'strong';
type Paint = (style: Style, text: string) => string;

const codes: Record<Style, string> = { error: '1;31', warning: '1;33', dim: '2', hint: '36', strong: '1' };
const painted: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;
const plain: Paint = (_, text) => text;

const formatIssue = (issue: Issue, file: string, lines: readonly string[], paint: Paint): string => {
  const { line = 1, column = 1, severity, code, message, hint } = issue;
  const head = `${paint('strong', `${file}:${line}:${column}`)} ${paint(severity, severity)} ${paint('dim', code)} ${message}`;
  const source = lines[line - 1];
  const excerpt = source === undefined ? [] : sourceLines(source, line, column, severity, paint);
  const advice = hint === undefined ? [] : [`${gutter(line, paint)} ${paint('hint', `= ${hint}`)}`];
  return [head, ...excerpt, ...advice].join('\n');
};

const widest = 100;

const sourceLines = (
  source: string,
  line: number,
  column: number,
  severity: Issue['severity'],
  paint: Paint,
): string[] => {
  const { text, start } = excerptOf(source.replaceAll('\t', ' '), column);
  const offset = column - 1 - start;
  const marker = '^'.repeat(markLength(text.slice(offset)));
  return [
    gutter(line, paint),
    `${paint('dim', ` ${line} |`)} ${text}`,
    `${gutter(line, paint)} ${' '.repeat(cells(text.slice(0, offset)))}${paint(severity, marker)}`,
  ];
};

const gutter = (line: number, paint: Paint): string =>
  paint('dim', `${' '.repeat(String(line).length + 1)} |`);

/** The part of a long line that is around the column. */
const excerptOf = (source: string, column: number): { text: string; start: number } => {
  if (source.length <= widest) return { text: source, start: 0 };
  const start = Math.max(0, Math.min(column - 1 - widest / 3, source.length - widest));
  const from = Math.floor(start);
  const cut = source.slice(from, from + widest);
  return from === 0
    ? { text: `${cut}…`, start: 0 }
    : { text: `…${cut.slice(1)}${from + widest < source.length ? '…' : ''}`, start: from };
};

/** How much of the text the caret underlines: one name, text, number or word; else one character. */
const markLength = (rest: string): number =>
  cells(/^(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)/.exec(rest)?.[0] ?? '') || 1;

/** Columns on a terminal: wide characters take two. */
const cells = (text: string): number =>
  [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u.test(
        character,
      )
        ? 2
        : 1),
    0,
  );

const summary = (issues: readonly Issue[], paint: Paint): string => {
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  const warnings = issues.length - errors;
  const parts = [
    errors > 0 && paint('error', plural(errors, 'error')),
    warnings > 0 && paint('warning', plural(warnings, 'warning')),
  ].filter((part) => part !== false);
  return parts.join(', ') || 'no issues';
};
