import type { Rule } from '../../checks/rule.ts';
import { betweenReversed } from './rules/between-reversed/rule.ts';

export const checks: readonly Rule[] = [betweenReversed];
