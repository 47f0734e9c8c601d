import type { Issue } from '#kernel/issue';
import { isObject } from '#kernel/json';
import { type ParsedText, parseText, type TextProblem } from '../document/parse.ts';
import { type Journey, journeySchema } from '../document/schema.ts';
import type { Repair } from './fix/repair.ts';
import { pointer } from './pointer.ts';
import type { References } from './references.ts';
import { rules } from './registry.ts';
import type { Finding, Rule } from './rule.ts';
import { type ShapeFinding, shapeFindings } from './shape/shape.ts';
import { createView, type JourneyView } from './view.ts';

export type { References, TemplateFacts } from './references.ts';

export interface Checked {
  /** There when the shape is right; it may still have errors of meaning. */
  document?: Journey;
  /** All of them, in document order. */
  issues: Issue[];
}

/** Checks the text of a journey. @param references what it may name; what is left out is not checked */
export const checkDocument = (text: string, references: References = {}): Checked => {
  const { repairs: _, ...checked } = inspectDocument(text, references);
  return checked;
};

/** With the repairs of those issues that have one. */
export const inspectDocument = (
  text: string,
  references: References = {},
): Checked & { repairs: Repair[] } => {
  const parsed = parseText(text);
  const problems = parsed.problems.map((problem) => problemIssue(problem, parsed));
  const { document, findings } =
    parsed.value === undefined ? { findings: [] } : checkValue(parsed.value, references);
  const told = new Set(problems.map(({ path }) => path));
  const issues = findings
    .map((finding) => locate(finding, parsed))
    .filter(({ path }) => path === '' || !told.has(path));
  issues.push(...problems);
  return {
    ...(problems.length === 0 && document && { document }),
    issues: bounded(issues.sort(inOrder)).map(({ offset: _, repair: __, ...issue }) => issue),
    repairs: issues.flatMap(repairOf),
  };
};

const repairOf = ({ repair, path }: Located): Repair[] => (repair ? [{ ...repair, mends: path }] : []);

/** An answer of Lambda holds six megabytes; nobody reads so many. */
const mostIssues = 5000;
const bounded = (issues: Located[]): Located[] => {
  const kept = issues.slice(0, mostIssues);
  const last = kept.at(-1);
  if (!last || kept.length === issues.length) return kept;
  const message = `${issues.length - kept.length} more issues follow; mend these first`;
  return [...kept, { ...last, code: 'more-issues', severity: 'error', message, hint: undefined }];
};

type Located = Issue & { offset: number; repair?: Repair };
type Coded = Finding & { code: string; severity: Issue['severity'] };

const inOrder = (a: Located, b: Located): number =>
  a.offset - b.offset || a.severity.localeCompare(b.severity);

const checkValue = (value: unknown, references: References): { document?: Journey; findings: Coded[] } => {
  const result = journeySchema.safeParse(value);
  const shape = result.success ? [] : shapeFindings(result.error.issues, value);
  const findings = shape.map((finding): Coded => ({ ...finding, severity: 'error' }));
  // The author's own object, not zod's copy: a document is data, and its members keep their order.
  const document = result.success ? (value as Journey) : undefined;
  if (!isObject(value)) return { document, findings };
  const view = createView(value, brokenPaths(shape), references);
  findings.push(...ruleFindings(firstRules, view));
  if (document && !findings.some(isError)) findings.push(...ruleFindings(lastRules, view));
  return { document, findings };
};

const [firstRules, lastRules] = [rules.filter(({ last }) => !last), rules.filter(({ last }) => last)];

const isError = ({ severity }: Coded): boolean => severity === 'error';

const brokenPaths = (shape: readonly ShapeFinding[]) =>
  shape.filter((finding) => !finding.harmless).map(({ path, breaks }) => breaks ?? path);

const ruleFindings = (asked: readonly Rule[], view: JourneyView): Coded[] =>
  asked.flatMap((rule) =>
    rule.check(view).map((finding) => ({ severity: rule.severity, ...finding, code: rule.id })),
  );

const locate = ({ code, severity, path, at, message, hint, repair }: Coded, parsed: ParsedText): Located => ({
  code,
  severity,
  path: pointer(path),
  ...parsed.position(path, at),
  message,
  ...(hint !== undefined && { hint }),
  ...(repair && { repair }),
});

const problemIssue = ({ code, path, offset, message, hint }: TextProblem, parsed: ParsedText): Located => ({
  code,
  severity: 'error',
  path: pointer(path),
  ...parsed.positionAt(offset),
  message,
  ...(hint !== undefined && { hint }),
});
