import { type StepParts, textsIn } from '../parts.ts';
import type { EmitStep } from './schema.ts';

export const parts = ({ properties }: Partial<EmitStep>): StepParts => ({
  texts: textsIn(['properties'], properties),
});
