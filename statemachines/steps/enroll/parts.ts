import type { StepParts } from '../parts.ts';

export const parts = (): StepParts => ({});
