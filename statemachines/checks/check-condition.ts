import * as z from 'zod';
import { type Condition, conditionSchema } from '#conditions/schema';
import { walkCondition } from '#conditions/walk';
import type { Issue } from '#kernel/issue';
import { pointer } from './pointer.ts';
import type { References } from './references.ts';
import type { Finding, Rule } from './rule.ts';
import { neverTrue } from './rules/never-true/rule.ts';
import { overSegmentation } from './rules/over-segmentation/rule.ts';
import { segmentCircle } from './rules/segment-circle/rule.ts';
import { unknownSegment } from './rules/unknown-segment/rule.ts';
import { unknownTopic } from './rules/unknown-topic/rule.ts';
import { wrongKind } from './rules/wrong-kind/rule.ts';
import { wrongPath } from './rules/wrong-path/rule.ts';
import { shapeFindings } from './shape/shape.ts';
import type { JourneyView } from './view.ts';

/** Rules that need no journey around the condition. */
const conditionRules: readonly Rule[] = [
  unknownSegment,
  unknownTopic,
  segmentCircle,
  neverTrue,
  wrongKind,
  wrongPath,
  overSegmentation,
];
const root = z.strictObject({ if: conditionSchema });

/** Checks a condition that stands as `if` in another document, such as a segment. Without lines and columns. */
export const checkCondition = (condition: unknown, references: References = {}): Issue[] => {
  const raw = { if: condition };
  const { success, error } = root.safeParse(raw);
  if (!success)
    return shapeFindings(error.issues, raw, root).map((finding) => issueOf(finding, finding.code, 'error'));
  const view = viewOf(raw, condition as Condition, references);
  return conditionRules.flatMap((rule) =>
    rule.check(view).map((finding) => issueOf(finding, rule.id, rule.severity)),
  );
};

/** Checks the condition of a segment, together with the other segments of the client. */
export const checkSegment = (id: string, condition: unknown, references: References = {}): Issue[] => {
  const { segments } = references;
  const all = new Map<string, unknown>(entries(segments));
  const known = segments && { segments: all.set(id, { if: condition }) };
  const own = { segments: new Map([...all, [id, { if: condition }]]) };
  const issues = checkCondition(condition, { ...references, ...known });
  if (issues.some(({ severity, code }) => severity === 'error' && code !== segmentCircle.id)) return issues;
  const circle = segmentCircle.check(viewOf({}, { segment: id }, own));
  return [
    ...circle.map((finding) => issueOf({ ...finding, path: ['if'] }, segmentCircle.id, 'error')),
    ...ofRuns(condition as Condition),
    ...issues.filter(({ code }) => code !== segmentCircle.id),
  ];
};

const entries = (lookup: References['segments'] = {}): [string, unknown][] =>
  lookup instanceof Map ? [...lookup] : Object.entries(lookup);

/** A segment is asked of any contact at any time: there is no run whose trigger or messages it could mean. */
const ofRuns = (condition: Condition): Issue[] => {
  const found: Issue[] = [];
  walkCondition(condition, (inner, at) => {
    const what = ['trigger', 'results', 'message'].find((name) => name in inner);
    if (what === undefined || (what === 'trigger' && at.includes('where'))) return;
    const message = `a segment knows no run, so "${what}" can never be true in it`;
    const hint =
      what === 'trigger' ? 'write { "did": … } to ask what the contact did' : 'ask this in the journey';
    found.push(issueOf({ path: ['if', ...at, what], message, hint }, neverTrue.id, 'error'));
  });
  return found;
};

const issueOf = ({ path, message, hint }: Finding, code: string, severity: Issue['severity']): Issue => ({
  code,
  severity,
  path: pointer(path),
  message,
  ...(hint !== undefined && { hint }),
});

const viewOf = (raw: Record<string, unknown>, value: Condition, references: References): JourneyView => ({
  raw,
  steps: [],
  sequences: [],
  ofType: () => [],
  byId: new Map(),
  conditions: [{ path: ['if'], value }],
  triggers: [],
  texts: [],
  uses: [],
  lasts: [],
  references,
});
