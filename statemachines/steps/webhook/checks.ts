import type { Rule } from '../../checks/rule.ts';
import { privateAddress } from './rules/private-address/rule.ts';
import { reservedHeader } from './rules/reserved-header/rule.ts';

export const checks: readonly Rule[] = [privateAddress, reservedHeader];
