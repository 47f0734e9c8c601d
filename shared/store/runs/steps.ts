import type { StepRecord } from '#model/run';
import { main, unsettled } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, ifHolds, isWritten, type TableWrite } from '../table.ts';

export const stepOfItem = ({
  pk,
  sk,
  kind,
  expiresAt,
  counted,
  unsettled: _,
  unsettledAt,
  ...record
}: Item): StepRecord => record as unknown as StepRecord;

type StepName = Pick<StepRecord, 'contact' | 'run' | 'step' | 'visit'>;
const keyOf = ({ contact, run, step, visit }: StepName) => main.step(contact, run, step, visit);

export const readStep = async (store: Store, name: StepName): Promise<StepRecord | undefined> => {
  const item = await store.main.get(keyOf(name));
  return item && stepOfItem(item);
};

/** A wait may outlast what is kept of the past. */
const itemOf = (store: Store, record: StepRecord) => ({
  ...keyOf(record),
  kind: 'step',
  ...record,
  ...openMark(record),
  ...store.keptUntil(record.until ?? record.at),
});

/** What a colleague is to answer is found by when it is due (`tasks.ts`), until the wait is over. No two are alike. */
const openMark = ({ run, step, visit, at, outcome, task }: StepRecord) =>
  outcome === 'waiting' && task?.outcomes
    ? { unsettled: unsettled('task', run), unsettledAt: `${task.dueAt ?? at}#${run}#${step}#${visit}` }
    : {};

/** Part of a transaction that does what the step does. */
/** Every visit of every step of a run. */
export const stepsOfRun = async (store: Store, contact: string, run: string): Promise<StepRecord[]> =>
  (await store.main.query({ pk: main.contactPk(contact), prefix: `T#${run}#` })).map(stepOfItem);

export const newStepWrite = (store: Store, record: StepRecord): TableWrite => ({
  table: store.main,
  put: itemOf(store, record),
  condition: 'attribute_not_exists(pk)',
});

/** Part of a transaction in which a wait begins; the one that begins it may do so again. */
export const beginStepWrite = (store: Store, record: StepRecord): TableWrite => ({
  table: store.main,
  put: itemOf(store, record),
});

/** Part of a transaction in which the run goes on: its wait, that only time ends, is over. */
export const overStepWrite = (store: Store, name: StepName, endedAt: string): TableWrite => ({
  table: store.main,
  key: keyOf(name),
  update: 'SET #outcome = :done, endedAt = :at',
  names: { '#outcome': 'outcome' },
  values: { ':done': 'done', ':at': endedAt },
});

/** Part of a transaction that does again what did not succeed before; what is over stays as it is. */
export const againStepWrite = (store: Store, record: StepRecord): TableWrite => ({
  table: store.main,
  put: itemOf(store, record),
  condition: 'attribute_not_exists(pk) OR (again = :true AND attempts < :attempts)',
  values: { ':true': true, ':attempts': record.attempts ?? 1 },
});

/** Written once per visit: a repeat gets the record that is there. */
export const writeStep = async (store: Store, record: StepRecord): Promise<StepRecord> => {
  const isFirst = await isWritten(
    store.main.put(itemOf(store, record), { condition: 'attribute_not_exists(pk)' }),
  );
  return isFirst ? record : ((await readStep(store, record)) ?? record);
};

/** What a step asked for was refused by somebody who answers later. */
export const refuseStep = async (store: Store, name: StepName, reason: string): Promise<void> => {
  await ifHolds(
    store.main.update(keyOf(name), {
      update: 'SET #outcome = :skipped, reason = :reason',
      condition: '#outcome = :done',
      names: { '#outcome': 'outcome' },
      values: { ':skipped': 'skipped', ':done': 'done', ':reason': reason },
    }),
  );
};

export type StepEnd = Pick<StepRecord, 'answer' | 'branch' | 'reason'> & {
  outcome: 'done' | 'answered';
  endedAt: string;
};

/**
 * A wait is over. Who settled the token knows the answer and corrects what was taken for a timeout;
 * nobody else changes a wait that is already over. False: there was nothing to close.
 */
export const closeStep = async (store: Store, name: StepName, end: StepEnd): Promise<boolean> => {
  const set = Object.entries(end).filter(([, value]) => value !== undefined);
  const knows = end.branch !== undefined && end.branch >= 0;
  return isWritten(
    store.main.update(keyOf(name), {
      update: `SET ${set.map(([member]) => `#${member} = :${member}`).join(', ')} REMOVE unsettled, unsettledAt`,
      condition: `#outcome = :waiting${knows ? ' OR #branch = :otherwise' : ''}`,
      names: Object.fromEntries(set.map(([member]) => [`#${member}`, member])),
      values: {
        ...Object.fromEntries(set.map(([member, value]) => [`:${member}`, value])),
        ':waiting': 'waiting',
        ...(knows ? { ':otherwise': -1 } : {}),
      },
    }),
  );
};
