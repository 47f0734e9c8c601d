import type { Rule } from '../../checks/rule.ts';

/** The shape and the rules for all steps say everything. */
export const checks: readonly Rule[] = [];
