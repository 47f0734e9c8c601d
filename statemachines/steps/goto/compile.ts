import type { StepForm } from '../../compile/form.ts';
import type { GotoStep } from './schema.ts';

export const compile = ({ step, atMost }: GotoStep): StepForm => ({
  kind: 'action',
  symbol: 'back',
  jump: { to: step, atMost },
});
