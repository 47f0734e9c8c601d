import type * as z from 'zod';
import { type HttpAnswer, json } from '#http/answer';
import { limitIn, openCursor, sealCursor } from '#http/cursor';
import type { HttpRequest } from '#http/request';
import type { Contact } from '#model/contact';
import type { StepRecord } from '#model/run';
import { contactOfItem } from '#store/contacts/contacts';
import { main } from '#store/keys';
import { readRuns } from '#store/runs/runs';
import { listTasks } from '#store/runs/tasks';
import type { Store } from '#store/store';
import { taskId } from '../running/task-id.ts';
import { isOpen } from './answer.ts';
import type { listedTaskSchema, tasksSchema } from './schemas.ts';

/** BatchGetItem takes no more keys. */
const mostTasks = 100;

/** Only what an answer would still be taken for. */
export const showTasks = async (store: Store, { query }: HttpRequest): Promise<HttpAnswer> => {
  const after = await openCursor(store, 'tasks', query.get('cursor'));
  const { tasks: found, next } = await listTasks(store, { after, limit: limitIn(query, mostTasks) });
  const runs = new Map((await readRuns(store, unique(found, 'run'))).map((run) => [run.id, run]));
  const open = found.filter((record) => {
    const run = runs.get(record.run);
    return run !== undefined && isOpen(store, { id: '', run, record });
  });
  const people = await readPeople(store, open);
  const body: z.output<typeof tasksSchema> = {
    tasks: open.map((record) => shown(record, runs.get(record.run)?.wait?.until, people.get(record.contact))),
    next: next === undefined ? null : await sealCursor(store, 'tasks', next),
  };
  return json(200, body);
};

const unique = (records: readonly StepRecord[], member: 'run' | 'contact'): string[] => [
  ...new Set(records.map((record) => record[member])),
];

const readPeople = async (store: Store, records: readonly StepRecord[]): Promise<Map<string, Contact>> => {
  if (records.length === 0) return new Map();
  const items = await store.main.getMany(unique(records, 'contact').map(main.profile));
  const known = items.filter(({ fields }) => fields !== undefined);
  return new Map(known.map((item) => [String(item.id), contactOfItem(item, store.clock.now())]));
};

const shown = (
  { run, contact, journey, version, step, visit, at, task }: StepRecord,
  openUntil: string | undefined,
  person: Contact | undefined,
): z.output<typeof listedTaskSchema> => ({
  ...{ id: taskId(run, step, visit), journey, version, step, at },
  ...{ team: task?.team ?? '', title: task?.title ?? '', outcomes: task?.outcomes ?? [] },
  ...(task?.script === undefined ? {} : { script: task.script }),
  ...(task?.dueAt === undefined ? {} : { dueAt: task.dueAt }),
  ...(openUntil === undefined ? {} : { openUntil }),
  contact: { id: contact, ...nameOf(person) },
});

const nameOf = (person: Contact | undefined): { name?: string } => {
  const { firstName, lastName, email, phone } = person?.fields ?? {};
  const name = [firstName, lastName].filter((part) => typeof part === 'string').join(' ') || email || phone;
  return typeof name === 'string' && name !== '' ? { name } : {};
};
