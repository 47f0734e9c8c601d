import { drawn } from '#kernel/ids';
import type { Run, RunFacts } from '../effects.ts';
import type { SplitStep } from './schema.ts';

/**
 * The same run always draws the same arm; with `sticky` the same contact does, over all runs. A decided
 * test sends everybody to its winner, but those who are held out stay so: they are what it is measured by.
 */
export const run: Run<SplitStep> = (step, { run: { id, contact, journey }, winner }) => {
  const lot = drawArm(step, { id, contact, journey });
  const branch = step.arms[lot]!.holdout ? lot : (winner?.(step.id) ?? lot);
  return [{ kind: 'answer', branch, answer: step.arms[branch]!.name }];
};

/** By its weight, whatever was decided since. */
export const drawArm = (
  { id: step, arms, sticky }: Pick<SplitStep, 'id' | 'arms' | 'sticky'>,
  { id, contact, journey }: Pick<RunFacts['run'], 'id' | 'contact' | 'journey'>,
): number => armAt(arms, (sticky ? drawn(contact, journey, step) : drawn(id, step)) * 100);

const armAt = (arms: SplitStep['arms'], draw: number): number => {
  let edge = 0;
  for (const [index, { weight }] of arms.entries()) {
    edge += weight;
    if (draw < edge) return index;
  }
  // Weights such as 33.33 may sum to a hair under 100.
  return arms.findLastIndex((arm) => arm.weight > 0);
};
