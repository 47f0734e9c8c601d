import type { Rule } from '../../checks/rule.ts';
import { deadBranch } from './rules/dead-branch/rule.ts';
import { overlappingBranches } from './rules/overlapping-branches/rule.ts';

export const checks: readonly Rule[] = [deadBranch, overlappingBranches];
