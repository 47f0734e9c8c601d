import type { PreviewAnswer } from '#functions/messages/previewing/request';
import type { Issue } from '#kernel/issue';
import { Problem } from '../../api/problem.ts';
import { words } from '../../words/words.ts';

const said = words.documents.templates;

/** What stands above the message. */
export const headOf = ({
  from,
  to,
  subject,
  preheader,
  bytes,
  segments,
}: PreviewAnswer): [string, string][] => {
  const facts: [string, string | undefined][] = [
    [said.subject, subject],
    [said.preheader, preheader || undefined],
    [said.from, from],
    [words.contacts.message.to, to],
  ];
  const size = bytes === undefined ? undefined : said.size((bytes / 1024).toFixed(1));
  const paid = segments === undefined ? undefined : said.segments(segments);
  return [...facts, [said.weight, size ?? paid] as [string, string | undefined]].flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
};

/** Of what was sent along: where in the template, not in the question. */
export const issuesOf = (error: unknown): Issue[] =>
  error instanceof Problem
    ? error.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^\/template(?=\/|$)/, '') }))
    : [];

export const isUnknownContact = (error: unknown): boolean =>
  error instanceof Problem && error.code === 'unknown-contact';
