import type { StepForm } from '../../compile/form.ts';
import type { ExitStep } from './schema.ts';

export const compile = ({ as }: ExitStep): StepForm => ({
  kind: 'exit',
  symbol: 'stop',
  ...(as !== undefined && { as }),
});
