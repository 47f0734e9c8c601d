import type { StepParts } from '../parts.ts';
import type { DecideStep } from './schema.ts';

export const parts = ({ branches = [] }: Partial<DecideStep>): StepParts => ({
  conditions: branches.map((branch, i) => ({ path: ['branches', i, 'if'], value: branch.if })),
});
