import { z } from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { contactOf, derivedId } from '#kernel/ids';
import type { ContactEvent } from '#model/event';
import type { Run, StepRecord } from '#model/run';
import { getEvent, putEvent } from '#store/contacts/events';
import { readRun } from '#store/runs/runs';
import { readStep } from '#store/runs/steps';
import { openStore, type Store } from '#store/store';
import { parseTaskId } from '../running/task-id.ts';

const bodySchema = z.strictObject({
  outcome: z.string().min(1).max(200),
  by: z.string().min(1).max(200).optional().describe('Who answered'),
});
type Body = z.output<typeof bodySchema>;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { access: 'admin', store }, (request) => answerTask(store, request));
};

/** The answer is an event like any other: stored first, then heard by the run that waits for it. */
const answerTask = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const body = jsonBodyOf(request, bodySchema);
  const id = parameter(request, 'id');
  const task = await findTask(store, id);
  requireOutcome(task.record, body);
  const event = eventOf(store, id, task, body);
  const known = await getEvent(store, event.contact, event.id);
  if (!known) requireOpen(store, task);
  const first =
    known ??
    ((await putEvent(store, event)) === 'stored' ? event : await getEvent(store, event.contact, event.id));
  if (first?.task?.outcome !== body.outcome) throw answered(first?.task?.outcome);
  return json(202, { task: id, outcome: body.outcome });
};

interface Task {
  run: Run;
  record: StepRecord;
}

const findTask = async (store: Store, id: string): Promise<Task> => {
  const name = parseTaskId(id);
  const [run, record] = name
    ? await Promise.all([
        readRun(store, name.run),
        readStep(store, { ...name, contact: contactOf(name.run) }),
      ])
    : [];
  if (!run || !record?.task) throw new Refusal(404, 'unknown-task', 'There is no task of this id.');
  return { run, record };
};

const requireOutcome = ({ task }: StepRecord, { outcome }: Body): void => {
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

const requireOpen = ({ clock }: Store, { run, record }: Task): void => {
  const isLate =
    run.wait?.step === record.step &&
    run.wait.visit === record.visit &&
    clock.now() >= Date.parse(run.wait.until);
  if (run.status === 'ended' || record.outcome !== 'waiting' || isLate)
    throw new Refusal(409, 'task-closed', 'The journey no longer waits for this answer.');
};

const answered = (outcome: string | undefined): Refusal =>
  new Refusal(409, 'already-answered', `This task was answered already${outcome ? `: "${outcome}"` : ''}.`);

const eventOf = (
  { clock }: Store,
  id: string,
  { run, record }: Task,
  { outcome, by }: Body,
): ContactEvent => {
  const now = iso(clock.now());
  return {
    id: `task-${derivedId(id)}`,
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
