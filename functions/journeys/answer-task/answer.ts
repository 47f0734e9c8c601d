import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { contactOf, derivedId } from '#kernel/ids';
import type { ContactEvent } from '#model/event';
import type { Run, StepRecord } from '#model/run';
import { getEvent, putEvent } from '#store/contacts/events';
import { readRun } from '#store/runs/runs';
import { readStep } from '#store/runs/steps';
import type { Store } from '#store/store';
import { parseTaskId } from '../running/task-id.ts';

export interface Task {
  id: string;
  run: Run;
  record: StepRecord;
}

export interface TaskAnswer {
  outcome: string;
  by?: string | undefined;
}

export const findTask = async (store: Store, id: string): Promise<Task> => {
  const name = parseTaskId(id);
  const [run, record] = name
    ? await Promise.all([
        readRun(store, name.run),
        readStep(store, { ...name, contact: contactOf(name.run) }),
      ])
    : [];
  if (!run || !record?.task) throw new Refusal(404, 'unknown-task', 'There is no task of this id.');
  return { id, run, record };
};

const requireOutcome = ({ task }: StepRecord, { outcome }: TaskAnswer): void => {
  if (!task?.outcomes)
    throw new Refusal(409, 'no-answer-awaited', 'Nothing waits for the outcome of this task.');
  if (task.outcomes.includes(outcome)) return;
  const allowed = task.outcomes.map((name) => `"${name}"`).join(', ');
  throw new Refusal(422, 'unknown-outcome', `"outcome" is one of ${allowed}.`, {
    issues: [
      {
        code: 'unknown-outcome',
        severity: 'error',
        path: '/outcome',
        message: `this is none of the outcomes of the task: ${allowed}`,
      },
    ],
  });
};

/** Does the run still wait for the answer? */
export const isOpen = ({ clock }: Store, { run, record }: Task): boolean => {
  const isLate =
    run.wait?.step === record.step &&
    run.wait.visit === record.visit &&
    clock.now() >= Date.parse(run.wait.until);
  return run.status !== 'ended' && record.outcome === 'waiting' && !isLate;
};

const closed = (): Refusal => new Refusal(409, 'task-closed', 'The journey no longer waits for this answer.');

const answered = (outcome: string | undefined): Refusal =>
  new Refusal(409, 'already-answered', `This task was answered already${outcome ? `: "${outcome}"` : ''}.`);

const eventIdOf = ({ id }: Task): string => `task-${derivedId(id)}`;

const eventOf = ({ clock }: Store, task: Task, { outcome, by }: TaskAnswer): ContactEvent => {
  const { run, record } = task;
  const now = iso(clock.now());
  return {
    id: eventIdOf(task),
    contact: run.contact,
    type: 'task',
    name: 'Task Answered',
    at: now,
    happenedAt: now,
    properties: { journey: run.journey, step: record.step, outcome },
    task: {
      run: run.id,
      step: record.step,
      visit: record.visit,
      outcome,
      ...(by === undefined ? {} : { by }),
    },
    depth: 0,
    state: 'accepted',
  };
};

/** What was answered, by whatever way. */
export const answerOf = async (store: Store, task: Task): Promise<string | undefined> =>
  (await getEvent(store, task.run.contact, eventIdOf(task)))?.task?.outcome;

/**
 * The answer is an event like any other: stored first, then heard by the run that waits for it. The same
 * one may be given twice; another one is refused.
 */
export const answerTask = async (store: Store, task: Task, answer: TaskAnswer): Promise<void> => {
  requireOutcome(task.record, answer);
  const before = await answerOf(store, task);
  if (before === undefined && !isOpen(store, task)) throw closed();
  if (before === undefined && (await putEvent(store, eventOf(store, task, answer))) === 'stored') return;
  const first = before ?? (await answerOf(store, task));
  if (first !== answer.outcome) throw answered(first);
};
