import { present, type StepParts } from '../parts.ts';
import type { GotoStep } from './schema.ts';

export const parts = ({ step }: Partial<GotoStep>): StepParts => ({
  uses: present(['step'], step).map((use) => ({ ...use, kind: 'step', leads: true })),
});
