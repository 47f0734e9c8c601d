import type { Rule } from '../../checks/rule.ts';
import { contradictingUpdate } from './rules/contradicting-update/rule.ts';

export const checks: readonly Rule[] = [contradictingUpdate];
