import type { Rule } from '../../checks/rule.ts';
import { weightsNot100 } from './rules/weights-not-100/rule.ts';
import { winnerWithoutEvidence } from './rules/winner-without-evidence/rule.ts';

export const checks: readonly Rule[] = [weightsNot100, winnerWithoutEvidence];
