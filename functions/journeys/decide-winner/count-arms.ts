import { counterName } from '#functions/reports/fold-counts/rows';
import type { ArmCount } from '#policy/journeys/winner';
import { definitionOf } from '#statemachines/steps/registry';
import type { Step, StepOf } from '#statemachines/steps/schema';
import { allSteps } from '#statemachines/steps/sequences';

export type TestStep = StepOf<'split'> & { winner: NonNullable<StepOf<'split'>['winner']> };
export type Counts = ReadonlyMap<string, number>;

/**
 * Runs of each arm that is not held out, and how many of them did what is asked for. All that were drawn
 * count, also those whose message was skipped: the lot is what makes the arms comparable.
 */
export const countArms = ({ id, arms, winner }: TestStep, counts: Counts): ArmCount[] =>
  arms.flatMap(({ holdout, steps }, branch) => {
    if (holdout) return [];
    const runs = counts.get(counterName(id, 'answer', branch)) ?? 0;
    const name = successName(id, branch, winner.by, steps);
    // A count that lags behind the other must not make a rate above one.
    const successes = name === undefined ? 0 : Math.max(0, Math.min(runs, counts.get(name) ?? 0));
    return [{ branch, runs, successes }];
  });

export const runsIn = (arms: readonly ArmCount[]): number => arms.reduce((sum, { runs }) => sum + runs, 0);

const successName = (
  id: string,
  branch: number,
  by: TestStep['winner']['by'],
  steps: readonly Step[],
): string | undefined => {
  if (by === 'goal') return counterName(id, 'answerConverted', branch);
  const message = firstMessage(steps);
  return message && counterName(message, by);
};

/** One message stands for the arm, so that each run counts once. */
const firstMessage = (steps: readonly Step[]): string | undefined =>
  allSteps(steps).find((step) => definitionOf(step.type)?.parts(step).sends)?.id;
