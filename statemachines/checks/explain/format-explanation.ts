import type { Explained } from '#kernel/explained';
import type { Issue } from '#kernel/issue';
import { type Paint, paintFor, underline } from '../paint.ts';
import { issuesOfExample } from './explain.ts';

/** One code for a terminal: what it means, why it matters, and what `check` says of a bad and a good example. */
export const formatExplanation = (entry: Explained, { color = false } = {}): string => {
  const paint = paintFor(color);
  const { id, severity, title, explain, why, example } = entry;
  return [
    `${paint('strong', id)} ${paint(severity, severity)}`,
    paint('strong', title),
    wrapped(explain),
    ...(why ? [`${paint('dim', 'Why.')} ${wrapped(why)}`] : []),
    `${paint('error', 'Wrong')}\n${annotated(example.wrong, issuesOfExample(entry), paint)}`,
    `${paint('hint', 'Right')}\n${indented(example.right)}`,
  ].join('\n\n');
};

/** All codes with a line each. */
export const formatCodes = (entries: readonly Explained[], { color = false } = {}): string => {
  const paint = paintFor(color);
  const width = Math.max(...entries.map(({ id }) => id.length));
  return entries
    .map(
      ({ id, severity, title }) =>
        `${paint('strong', id)}${' '.repeat(width - id.length)}  ${paint(severity, severity.padEnd(7))}  ${title}`,
    )
    .join('\n');
};

const width = 96;

const wrapped = (text: string): string => {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
};

const margin = '    ';
const indented = (piece: string): string => piece.replace(/^/gm, margin);

/** The piece with each mistake underlined; what is told of the whole comes below. */
const annotated = (piece: string, issues: readonly Issue[], paint: Paint): string => {
  const lines = piece.split('\n');
  const shown = lines.flatMap((line, i) => [
    margin + line,
    ...issues.filter((issue) => issue.line === i + 1).flatMap((issue) => notes(issue, line, paint)),
  ]);
  const rest = issues.filter(({ line = 0 }) => line < 1 || line > lines.length);
  return [...shown, ...rest.map(({ message }) => paint('error', `${margin}${message}`))].join('\n');
};

const notes = ({ column = 1, severity, message, hint }: Issue, line: string, paint: Paint): string[] => [
  margin + underline(line, column, (mark) => paint(severity, mark)),
  `${margin}${paint(severity, message)}`,
  ...(hint ? [`${margin}${paint('hint', `= ${hint}`)}`] : []),
];
