import type { Issue } from '#kernel/issue';
import { positionOf, type Spot } from './weave.ts';

/** Something found in a template, before it has a line and a column. */
export interface Finding {
  code: string;
  severity: Issue['severity'];
  /** Where it was written. */
  spot?: Spot | undefined;
  /** JSON Pointer into the template, where it is about a member and no place in a text. */
  path?: string;
  message: string;
  hint?: string | undefined;
}

/** `file` is told where it is not the template itself that must be changed. */
const issueOf = ({ code, severity, spot, path = '', message, hint }: Finding): Issue => ({
  code,
  severity,
  ...(spot && spot.source.document !== '' ? { file: `${spot.source.document}.json` } : {}),
  path: spot?.source.path ?? path,
  ...(spot ? positionOf(spot) : {}),
  message,
  ...(hint === undefined ? {} : { hint }),
});

const keyOf = ({ code, file = '', path, line = 0, column = 0, message }: Issue): string =>
  [code, file, path, line, column, message].join('\n');

const members = ['layout', 'subject', 'preheader', 'mjml', 'html', 'text'];

/** The template before its languages and its parts, members as they are mostly written. */
const rankOf = ({ path, file }: Issue): number =>
  (file === undefined ? 0 : 1_000) +
  (path.startsWith('/languages') ? 100 : 0) +
  members.indexOf(path.slice(path.lastIndexOf('/') + 1));

const inOrder = (a: Issue, b: Issue): number =>
  rankOf(a) - rankOf(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

/** Nobody reads more, and each must be found in its text. */
const mostIssues = 500;

const mostGrave = (findings: readonly Finding[]): Finding[] =>
  findings.length <= mostIssues
    ? [...findings]
    : findings.toSorted((a, b) => a.severity.localeCompare(b.severity)).slice(0, mostIssues);

/** What several languages, or HTML and subject, have in common is told once. */
export const issuesOf = (findings: readonly Finding[]): Issue[] => {
  const issues = mostGrave(findings).map(issueOf);
  return [...new Map(issues.map((issue) => [keyOf(issue), issue])).values()].sort(inOrder);
};
