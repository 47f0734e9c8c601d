import type { Step } from './schema.ts';

/** A branch, an arm or `otherwise`. */
interface Sequence {
  steps: readonly Step[];
  holdout?: boolean;
}

/** Whatever the type of the step: what holds `steps`, alone in a member or in a list. In the order as written. */
const sequencesOf = (step: Step): Sequence[] =>
  Object.values(step)
    .flatMap((member: unknown) => (Array.isArray(member) ? (member as unknown[]) : [member]))
    .filter((member): member is Sequence => Array.isArray((member as Partial<Sequence> | null)?.steps));

/** The steps of a sequence and all within them, in the order of the document. */
export const allSteps = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => [step, ...sequencesOf(step).flatMap((inner) => allSteps(inner.steps))]);

/** Steps within an arm whose messages are counted and not sent. */
export const heldOutSteps = (steps: readonly Step[]): ReadonlySet<string> =>
  new Set(
    allSteps(steps)
      .flatMap(sequencesOf)
      .filter(({ holdout }) => holdout === true)
      .flatMap((arm) => allSteps(arm.steps).map(({ id }) => id)),
  );
