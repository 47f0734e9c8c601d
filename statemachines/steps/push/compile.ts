import type { StepForm } from '../../compile/form.ts';

export const compile = (): StepForm => ({ kind: 'action', symbol: 'note' });
