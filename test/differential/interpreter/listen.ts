import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import type { Step } from '#statemachines/document/schema';
import { isTrue, tellsOf } from './ask.ts';
import { type Heard, iso, type Life, type Run } from './people.ts';
import { waysOf } from './tree.ts';

/** Is this what was meant? */
export const isMeant = (
  on: Trigger | AwaitedTrigger,
  event: Heard,
  run: Run | undefined,
  journey: string,
): boolean => {
  if ('event' in on) return event.type === 'track' && event.name === on.event;
  if ('form' in on) return event.type === 'form' && event.name === on.form;
  if ('tag' in on) return event.change.tagsAdded.includes(on.tag);
  if ('segment' in on) return event.change[on.when === 'enters' ? 'entered' : 'left'].includes(on.segment);
  if ('manual' in on) return event.type === 'manual' && event.name === journey;
  if ('date' in on) return isDate(on, event);
  if ('message' in on) return run !== undefined && tellsOf(event, run, on.message, on.was);
  return false;
};

const isDate = (on: Extract<Trigger, { date: string }>, { type, name, properties }: Heard): boolean =>
  type === 'date' && name === on.date && properties.offset === on.offset && properties.at === on.at;

export const end = (life: Life, run: Run, how: { how: string; as?: string; step?: string }): void => {
  run.ended = { at: iso(life.now), ...how };
  run.waiting = undefined;
};

/** Into the branch of that number, or past the step where it is empty. */
export const take = (run: Run, step: Step, answer: number): void => {
  const { branches, otherwise } = waysOf(step);
  const way = answer < 0 ? otherwise : branches[answer];
  run.at = way?.steps[0]?.id ?? run.tree.get(step.id)!.next;
};

/** The first of these that is waited for wins. */
export const answerFrom = (life: Life, run: Run, events: readonly Heard[]): void => {
  const { waiting } = run;
  if (!waiting || (waiting.kind !== 'waitFor' && waiting.kind !== 'task')) return;
  const { step } = run.tree.get(waiting.step)!;
  const since = sinceOf(run, 'since' in step ? step.since : undefined);
  for (const event of events) {
    if (event.cause === run.name.cause || event.at < since) continue;
    const answer = answerOf(life, run, event);
    if (answer === undefined) continue;
    waiting.entry!.answer = answer;
    run.waiting = undefined;
    take(run, step, answer);
    return;
  }
};

const sinceOf = (run: Run, step: string | undefined): number => {
  const reached = run.path.findLast((visit) => visit.step === step)?.at;
  return reached === undefined ? run.startedAt : Date.parse(reached);
};

const answerOf = (life: Life, run: Run, event: Heard): number | undefined => {
  const { step } = run.tree.get(run.waiting!.step)!;
  if (step.type === 'task') {
    const { task } = event;
    const isThis = task?.run === run && task.step === step.id && task.visit === run.visit;
    return isThis ? (step.branches ?? []).findIndex(({ answer }) => answer === task.outcome) : undefined;
  }
  if (step.type !== 'waitFor') return undefined;
  const answer = step.branches.findIndex(
    (branch) => isMeant(branch.on, event, run, run.name.journey) && isTrue(life, branch.if, run, event),
  );
  return answer < 0 ? undefined : answer;
};
