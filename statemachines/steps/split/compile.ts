import type { StepForm } from '../../compile/form.ts';
import type { StepOf } from '../schema.ts';

export const compile = ({ arms }: StepOf<'split'>): StepForm => ({
  kind: 'decision',
  symbol: 'split',
  branches: arms.map(({ name, weight, steps, holdout }, index) => ({
    answer: name,
    index,
    steps,
    note: holdout ? `${weight} %, held out` : `${weight} %`,
    ...(weight > 0 && { way: { by: 'lot' } as const }),
  })),
});
