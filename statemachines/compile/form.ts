import type { Condition } from '#conditions/schema';
import type { AwaitedTrigger } from '#conditions/triggers';
import { durationMs } from '#kernel/durations';
import type { Step } from '../document/schema.ts';

/**
 * What one step is to the plan. Each step type makes its own (`steps/<type>/compile.ts`), so that
 * plan, machine, picture and simulation name no type.
 */
export interface StepForm {
  kind: 'action' | 'decision' | 'wait' | 'exit';
  /** A letter of the drawn alphabet in `picture/icons.ts`. */
  symbol: string;
  /** Names the step where its author did not; else the id does. */
  title?: string;
  /** Waits only: it also does something before it waits, such as giving a colleague a task. */
  acts?: true;
  /** Waits only: seconds it lasts at most. Absent: reckoned when it is reached, by the wall clock. */
  seconds?: number;
  /** Waits that are reckoned: seconds they can last at most, where that is known. */
  longest?: number;
  branches?: readonly FormBranch[];
  /** Waits only: what is awaited may come in a way that no branch has, and falls through before the time is over. */
  unmatched?: true;
  /** Actions only: answer 0 goes on at that step, at most so often; else the run goes on after this one. */
  jump?: { to: string; atMost: number };
  /** Exits only: what the leaf is called. */
  as?: string;
}

export interface FormBranch {
  answer: string;
  /** The number that the step functions give as `answer`. */
  index: number;
  steps: readonly Step[];
  /** When it is taken, for people. */
  note?: string;
  /** How to bring it about; absent where nothing can. */
  way?: Way;
}

/** What makes a run take a branch, as the search for a way to each leaf needs it. */
export type Way =
  /** This is true when the step is reached. */
  | { by: 'condition'; holds: Condition }
  /** This is heard in time; `trigger` in the condition is what was heard. */
  | { by: 'event'; on: AwaitedTrigger; if?: Condition | undefined }
  | { by: 'outcome'; outcome: string }
  | { by: 'lot' }
  /** Nothing of the above happens in time. */
  | { by: 'time' };

/** `answer` of a decision or wait that fell through to its `otherwise`. */
export const otherwise = -1;
/** `answer` of a step with branches, or an exit, whose own `if` is not met: the run goes on after it. */
export const skipped = -2;

/** The word for an `otherwise` that its author gave no answer. */
export const otherwiseAnswer = 'otherwise';

interface Written {
  answer?: string | undefined;
  steps: readonly Step[];
  note?: string;
  way: Way;
}

/** Branches as `decide`, `waitFor` and `task` write them. */
export const formBranches = (
  branches: readonly (Written & { answer: string })[],
  fallback: Written,
): FormBranch[] => [
  ...branches.map((branch, index) => formBranch(branch, branch.answer, index)),
  formBranch(fallback, fallback.answer ?? otherwiseAnswer, otherwise),
];

const formBranch = ({ steps, note, way }: Written, answer: string, index: number): FormBranch => ({
  answer,
  index,
  steps,
  way,
  ...(note && { note }),
});

/** A written duration as `TimeoutSeconds` takes it, which must be at least 1. */
export const secondsOf = (duration: string): number => Math.max(1, Math.ceil(durationMs(duration) / 1000));
