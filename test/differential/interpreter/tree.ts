import type { Journey, Step } from '#statemachines/document/schema';

/** A step, and where the run goes on after it. */
export interface Place {
  step: Step;
  next: string | undefined;
  /** Somewhere in an arm that is held out. */
  isHeldOut: boolean;
}
export type Tree = ReadonlyMap<string, Place>;

export interface Way {
  steps: readonly Step[];
  holdout?: boolean | undefined;
}

/** The ways out of a step: branches or arms in their order, `otherwise` as the last. */
export const waysOf = (step: Step): { branches: readonly Way[]; otherwise: Way | undefined } => {
  const { branches = [], arms = [], otherwise } = step as { branches?: Way[]; arms?: Way[]; otherwise?: Way };
  return { branches: [...branches, ...arms], otherwise };
};

export const readTree = ({ steps }: Journey): Tree => {
  const tree = new Map<string, Place>();
  const read = (sequence: readonly Step[], after: string | undefined, isHeldOut: boolean): void => {
    for (const [i, step] of sequence.entries()) {
      const next = sequence[i + 1]?.id ?? after;
      tree.set(step.id, { step, next, isHeldOut });
      const { branches, otherwise } = waysOf(step);
      for (const way of otherwise ? [...branches, otherwise] : branches)
        read(way.steps, next, isHeldOut || way.holdout === true);
    }
  };
  read(steps, undefined, false);
  return tree;
};
