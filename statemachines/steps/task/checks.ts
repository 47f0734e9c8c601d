import type { Rule } from '../../checks/rule.ts';
import { atMostMissing } from './rules/at-most-missing/rule.ts';
import { outcomesMissing } from './rules/outcomes-missing/rule.ts';
import { unknownOutcome } from './rules/unknown-outcome/rule.ts';

export const checks: readonly Rule[] = [outcomesMissing, atMostMissing, unknownOutcome];
