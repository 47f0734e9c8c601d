import type { Rule } from '../../checks/rule.ts';
import { unknownJourney } from './rules/unknown-journey/rule.ts';

export const checks: readonly Rule[] = [unknownJourney];
