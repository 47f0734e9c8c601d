import type { Rule } from '../../checks/rule.ts';
import { smsManyParts } from './rules/sms-many-parts/rule.ts';

export const checks: readonly Rule[] = [smsManyParts];
