import { existsSync } from 'node:fs';
import type { Issue } from '#kernel/issue';
import { parseText } from '#statemachines/document/parse';
import { readText } from '../files.ts';
import { type LocatedIssue, locateIssue } from './locate.ts';
import type { TemplatePlace } from './place.ts';
import { readTemplateFolder, sourceOf, type TemplateFolder } from './sources.ts';

/** What is wrong in one file. */
export interface TemplateResult {
  file: string;
  text: string;
  issues: Issue[];
}

/** The text itself must be JSON before anything else can be said of it. */
const textIssues = (place: TemplatePlace): LocatedIssue[] => {
  const parsed = parseText(readText(place.document));
  return parsed.problems.map(({ code, offset, message, hint }) => {
    const { line, column } = parsed.positionAt(offset);
    const issue: Issue = {
      code,
      severity: 'error',
      path: '',
      line,
      column,
      message,
      ...(hint ? { hint } : {}),
    };
    return { file: place.document, issue };
  });
};

const compileIssues = async (place: TemplatePlace, folder: TemplateFolder): Promise<Issue[]> => {
  const { compileTemplate } = await import('#channels/compile-template');
  const { parts, client, contactFields, mayHaveOthers = false } = folder;
  const surroundings = { parts, contactFields, mayHaveOthers };
  if (place.kind === 'template')
    return (await compileTemplate(place.id, sourceOf(place, folder), client, surroundings)).issues;
  const { checkPart } = await import('#channels/compile-part');
  const own = await checkPart(place.kind, place.id, sourceOf(place, folder), { client, parts });
  const name = `${place.kind}s/${place.id}`;
  const users = await Promise.all(
    Object.entries(folder.templates).map(([id, source]) => compileTemplate(id, source, client, surroundings)),
  );
  // What is wrong with it only where it stands.
  const there = users
    .filter(({ uses }) => uses.includes(name))
    .flatMap(({ issues }) => issues.filter(({ file }) => file === `${name}.json`));
  return [...own, ...there.map(({ file: _, ...issue }) => issue)];
};

const inOrder = (a: Issue, b: Issue): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

const byFile = (located: readonly LocatedIssue[], first: string): TemplateResult[] => {
  const files = [...new Set([first, ...located.map(({ file }) => file)])];
  return files.map((file) => {
    const issues = located.filter((each) => each.file === file).map(({ issue }) => issue);
    const once = [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
    return { file, text: existsSync(file) ? readText(file) : '', issues: once.sort(inOrder) };
  });
};

/** All that is wrong with a template, a layout or a partial, by the file that has to be changed. */
export const checkTemplateFile = async (place: TemplatePlace, named?: string): Promise<TemplateResult[]> => {
  const broken = textIssues(place);
  if (broken.length > 0) return byFile(broken, place.document);
  const issues = await compileIssues(place, readTemplateFolder(place, named));
  return byFile(
    issues.map((issue) => locateIssue(issue, place)),
    place.document,
  ).filter(
    ({ file, issues: found }, _, all) => found.length > 0 || (all.length === 1 && file === place.document),
  );
};
