import { dirname, join } from 'node:path';
import type { Issue } from '#kernel/issue';
import { parseText } from '#statemachines/document/parse';
import { readText } from '../files.ts';
import { shown, type TemplatePlace } from './place.ts';

/** An issue, and the file that an editor would open for it. */
export interface LocatedIssue {
  file: string;
  issue: Issue;
}

const partsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const memberAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value);

/** Where a text stands in JSON, its letters stand too, as long as none of them is written otherwise. */
const inText = (text: string, written: string, { line, column }: Issue): number =>
  line === 1 && column !== undefined && written === JSON.stringify(text) && !written.includes('\\')
    ? column
    : 0;

/** Finds the line: in the file that the document names for that body, else in the document itself. */
export const locateIssue = (issue: Issue, { folder, document }: TemplatePlace): LocatedIssue => {
  const { file, ...rest } = issue;
  const home = file === undefined ? document : shown(join(folder, file));
  const text = readText(home);
  const parsed = parseText(text);
  const path = partsOf(issue.path);
  const member = memberAt(parsed.value, path);
  const beside = (member as { file?: unknown } | undefined)?.file;
  if (typeof beside === 'string')
    return { file: shown(join(dirname(home), beside)), issue: { line: 1, column: 1, ...rest } };
  const { line, column, offset } = parsed.position(path);
  const within =
    typeof member === 'string' ? inText(member, text.slice(offset, offset + member.length + 2), issue) : 0;
  return { file: home, issue: { ...rest, line, column: column + within } };
};
