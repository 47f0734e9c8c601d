import type { Issue } from '#kernel/issue';
import { plural } from '#kernel/words';
import { type Paint, paintFor, underline } from './paint.ts';

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
  const paint = paintFor(options.color);
  const lines = options.text?.split(/\r?\n/) ?? [];
  const blocks = issues.map((issue) => formatIssue(issue, options.file, lines, paint));
  return [...blocks, summary(issues, paint)].join('\n\n');
};

const formatIssue = (issue: Issue, file: string, lines: readonly string[], paint: Paint): string => {
  const { line = 1, column = 1, severity, code, message, hint } = issue;
  // Another document, such as a template of the journey, was not read here.
  const place = issue.file === undefined ? `${file}:${line}:${column}` : placeElsewhere(issue);
  const head = `${paint('strong', place)} ${paint(severity, severity)} ${paint('dim', code)} ${message}`;
  const source = issue.file === undefined ? lines[line - 1] : undefined;
  const excerpt = source === undefined ? [] : sourceLines(source, line, column, severity, paint);
  const advice = hint === undefined ? [] : [`${gutter(line, paint)} ${paint('hint', `= ${hint}`)}`];
  return [head, ...excerpt, ...advice].join('\n');
};

const placeElsewhere = ({ file, path, line, column }: Issue): string =>
  `${file}${path && ` ${path}`}${line === undefined ? '' : `:${line}:${column}`}`;

const widest = 100;

const sourceLines = (
  source: string,
  line: number,
  column: number,
  severity: Issue['severity'],
  paint: Paint,
): string[] => {
  const { text, start } = excerptOf(source.replaceAll('\t', ' '), column);
  return [
    gutter(line, paint),
    `${paint('dim', ` ${line} |`)} ${text}`,
    `${gutter(line, paint)} ${underline(text, column - start, (mark) => paint(severity, mark))}`,
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

const summary = (issues: readonly Issue[], paint: Paint): string => {
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  const warnings = issues.length - errors;
  const parts = [
    errors > 0 && paint('error', plural(errors, 'error')),
    warnings > 0 && paint('warning', plural(warnings, 'warning')),
  ].filter((part) => part !== false);
  return parts.join(', ') || 'no issues';
};
