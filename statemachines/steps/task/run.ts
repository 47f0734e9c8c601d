import { durationMs } from '#kernel/durations';
import type { Run, RunFacts, StepEffect } from '../effects.ts';
import type { TaskStep } from './schema.ts';

export const run: Run<TaskStep> = (step, facts) => {
  const outcome = step.outcomes && facts.outcome(step.id);
  return outcome === undefined
    ? [giveTask(step, facts), ...waitForOutcome(step, facts)]
    : [answerOf(step, outcome)];
};

const giveTask = (
  { team, title, script, due, outcomes, atMost }: TaskStep,
  { now }: RunFacts,
): StepEffect => ({
  kind: 'task',
  team,
  title,
  script,
  dueSeconds: due === undefined ? undefined : durationMs(due) / 1000,
  outcomes,
  openUntil: outcomes && atMost ? now + durationMs(atMost) : undefined,
});

const waitForOutcome = ({ outcomes, atMost }: TaskStep, { now }: RunFacts): StepEffect[] =>
  outcomes && atMost ? [{ kind: 'wait', until: now + durationMs(atMost) }] : [];

/** An outcome that has no branch takes `otherwise`, under its own name. */
const answerOf = ({ branches = [] }: TaskStep, outcome: string): StepEffect => ({
  kind: 'answer',
  branch: branches.findIndex((branch) => branch.answer === outcome),
  answer: outcome,
});
