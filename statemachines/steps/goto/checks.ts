import type { Rule } from '../../checks/rule.ts';
import { loopWithoutWait } from './rules/loop-without-wait/rule.ts';

export const checks: readonly Rule[] = [loopWithoutWait];
