import { present, type StepParts } from '../parts.ts';
import type { WaitStep } from './schema.ts';

export const parts = ({ for: length }: Partial<WaitStep>): StepParts => ({
  waits: true,
  lasts:
    typeof length === 'object' ? present(['for', 'between', 1], length.between[1]) : present(['for'], length),
});
