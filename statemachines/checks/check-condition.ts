import { z } from 'zod';
import { type Condition, conditionSchema } from '../../shared/conditions/schema.ts';
import type { Issue } from '../../shared/kernel/issue.ts';
import { pointer } from './pointer.ts';
import type { References } from './references.ts';
import type { Finding, Rule } from './rule.ts';
import { neverTrue } from './rules/never-true/rule.ts';
import { overSegmentation } from './rules/over-segmentation/rule.ts';
import { unknownSegment } from './rules/unknown-segment/rule.ts';
import { unknownTopic } from './rules/unknown-topic/rule.ts';
import { wrongPath } from './rules/wrong-path/rule.ts';
import { shapeFindings } from './shape/shape.ts';
import type { JourneyView } from './view.ts';

/** Rules that need no journey around the condition. */
const conditionRules: readonly Rule[] = [
  unknownSegment,
  unknownTopic,
  neverTrue,
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
