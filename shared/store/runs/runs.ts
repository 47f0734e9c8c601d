import { iso } from '#kernel/clock';
import { contactOf } from '#kernel/ids';
import type { Execution, Run, RunWait } from '#model/run';
import { main, unsettled } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, isWritten, type TableWrite, TransactionRefused, transact } from '../table.ts';

/** What is remembered of one contact's entries into one journey (and key). */
export interface Entry {
  contact: string;
  journey: string;
  key: string;
  activeRun?: string;
  /** The event whose rule or goal ended the last run. */
  endedBy?: string;
  lastRun: string;
  lastVersion: number;
  lastStartedAt: string;
  count: number;
}

const bare = ({ pk: _pk, sk: _sk, kind: _kind, counted: _counted, ...members }: Item): Item => members;
export const runOfItem = (item: Item): Run => {
  const {
    at: _at,
    unsettled: _unsettled,
    unsettledAt: _unsettledAt,
    expiresAt: _expiresAt,
    ...run
  } = bare(item);
  return run as unknown as Run;
};

export const readRun = async (store: Store, id: string): Promise<Run | undefined> => {
  const item = await store.main.get(main.run(contactOf(id), id));
  return item && runOfItem(item);
};

export const readRuns = async (store: Store, ids: readonly string[]): Promise<Run[]> =>
  ids.length === 0
    ? []
    : (await store.main.getMany(ids.map((id) => main.run(contactOf(id), id)))).map(runOfItem);

export const readEntries = async (store: Store, contact: string): Promise<Entry[]> =>
  (await store.main.query({ pk: main.contactPk(contact), prefix: 'J#' })).map(
    (item) => bare(item) as unknown as Entry,
  );

export type Entered = { kind: 'entered' } | { kind: 'repeated'; run: Run } | { kind: 'conflict' };

/**
 * One transaction: the entry as it was read, and the run, which may be over as it begins. `conflict`: read
 * the entry again.
 * @param also what stands beside a new run
 */
export const enterRun = async (
  store: Store,
  run: Run,
  before: Entry | undefined,
  also: readonly TableWrite[] = [],
): Promise<Entered> => {
  const item = {
    ...main.run(run.contact, run.id),
    kind: 'run',
    at: run.startedAt,
    ...run,
    ...(run.status === 'entering' ? enteringMark(store, run) : store.keptUntil(run.startedAt)),
  };
  try {
    await transact(store.dynamodb, [
      entryWrite(store, run, before),
      { table: store.main, put: item, condition: 'attribute_not_exists(pk)' },
      livingCheck(store, holderOf(run)),
      ...also,
    ]);
    return { kind: 'entered' };
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    const [, found] = error.found;
    return found ? { kind: 'repeated', run: runOfItem(found) } : { kind: 'conflict' };
  }
};

/** Who has the entry of the run: the contact it began with, or what that one was merged into. */
export const holderOf = ({ holder, contact }: Pick<Run, 'holder' | 'contact'>): string => holder ?? contact;

/** Nobody enters who was erased, or merged into another contact, since the event was read. */
const livingCheck = (store: Store, contact: string): TableWrite => ({
  table: store.main,
  check: main.profile(contact),
  condition: 'attribute_exists(pk) AND attribute_not_exists(erasedAt) AND attribute_not_exists(mergedInto)',
});

const enteringMark = (store: Store, run: Run) => ({
  unsettled: unsettled('entering', run.id),
  unsettledAt: iso(store.clock.now()),
});

const entryWrite = (store: Store, run: Run, before: Entry | undefined): TableWrite => {
  const entry: Entry = {
    contact: holderOf(run),
    journey: run.journey,
    key: run.key ?? '',
    ...(run.status === 'ended' ? {} : { activeRun: run.id }),
    lastRun: run.id,
    lastVersion: run.version,
    lastStartedAt: run.startedAt,
    count: (before?.count ?? 0) + 1,
  };
  return {
    table: store.main,
    put: { ...main.entry(holderOf(run), run.journey, run.key), kind: 'entry', ...entry },
    ...(before
      ? {
          condition: '#count = :count AND attribute_not_exists(activeRun)',
          names: { '#count': 'count' },
          values: { ':count': before.count },
        }
      : { condition: 'attribute_not_exists(pk)' }),
  };
};

/** The execution is known to be started. Harmless when the run has ended meanwhile. */
export const activateRun = (store: Store, run: string): Promise<boolean> =>
  updateRun(store, run, {
    update: 'SET #status = :active REMOVE unsettled, unsettledAt',
    condition: '#status <> :ended AND begins_with(unsettled, :entering)',
    values: { ':active': 'active', ':ended': 'ended', ':entering': 'entering' },
  });

/** The run goes on in another execution. False when it has ended, or another call was first. */
export const moveRun = (store: Store, run: Run, next: Execution): Promise<boolean> =>
  updateRun(store, run.id, {
    update: 'SET #execution = :next, unsettled = :unsettled, unsettledAt = :at',
    condition: `attribute_exists(pk) AND #status <> :ended AND ${
      run.execution ? '#execution.#number = :number' : 'attribute_not_exists(#execution)'
    }`,
    names: { '#execution': 'execution', ...(run.execution ? { '#number': 'number' } : {}) },
    values: {
      ':next': next,
      ':ended': 'ended',
      ':unsettled': unsettled('entering', run.id),
      ':at': iso(store.clock.now()),
      ...(run.execution ? { ':number': run.execution.number } : {}),
    },
  });

/** Part of the transaction that keeps what was answered; without a result it only asks that the run goes on. */
export const resultWrite = (
  store: Store,
  run: Run,
  result: { name: string; value: unknown } | undefined,
): TableWrite => {
  const key = main.run(run.contact, run.id);
  const condition = 'attribute_exists(pk) AND #status <> :ended';
  const names = { '#status': 'status' };
  const values = { ':ended': 'ended' };
  if (!result) return { table: store.main, check: key, condition, names, values };
  return {
    table: store.main,
    key,
    update: 'SET results.#name = :value',
    condition,
    names: { ...names, '#name': result.name },
    values: { ...values, ':value': result.value },
  };
};

/** Part of the transaction that keeps the answer of a `goto`: how often each was taken so far. */
export const loopsWrite = (store: Store, run: Run, loops: Record<string, number>): TableWrite => ({
  table: store.main,
  key: main.run(run.contact, run.id),
  update: 'SET loops = :loops',
  condition: 'attribute_exists(pk) AND #status <> :ended',
  names: { '#status': 'status' },
  values: { ':loops': loops, ':ended': 'ended' },
});

/**
 * The run ends now, and its contact may enter again by the rules. `changed`: its wait is another one, or its
 * contact was merged; read it again.
 */
export const endRun = async (
  store: Store,
  run: Run,
  end: Required<Pick<Run, 'ended' | 'endedAt'>> & Pick<Run, 'converted'>,
): Promise<'ended' | 'already-ended' | 'changed'> => {
  try {
    await transact(store.dynamodb, [endWrite(store, run, end), freeEntryWrite(store, run, end.ended.by)]);
    return 'ended';
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    const [found] = error.found;
    if (found === null || found === undefined) throw error;
    return found.status === 'ended' || found.status === undefined ? 'already-ended' : 'changed';
  }
};

/** `wait` stays on an ended run: a repeat finds the token there and tells the machine again. */
const endWrite = (store: Store, run: Run, end: Parameters<typeof endRun>[2]): TableWrite => ({
  table: store.main,
  key: main.run(run.contact, run.id),
  update: `SET #status = :ended, #ended = :how, endedAt = :at, expiresAt = :expiresAt${end.converted ? ', converted = :converted' : ''} REMOVE unsettled, unsettledAt`,
  condition: `attribute_exists(pk) AND #status <> :ended AND ${run.holder ? 'holder = :holder' : 'attribute_not_exists(holder)'} AND ${run.wait ? '#wait.#token = :token' : 'attribute_not_exists(#wait)'}`,
  names: {
    '#status': 'status',
    '#ended': 'ended',
    '#wait': 'wait',
    ...(run.wait ? { '#token': 'token' } : {}),
  },
  values: {
    ':ended': 'ended',
    ':how': end.ended,
    ':at': end.endedAt,
    ':expiresAt': store.keptUntil(end.endedAt).expiresAt,
    ...(end.converted ? { ':converted': end.converted } : {}),
    ...(run.wait ? { ':token': run.wait.token } : {}),
    ...(run.holder ? { ':holder': run.holder } : {}),
  },
});

const freeEntryWrite = (store: Store, run: Run, by: string | undefined): TableWrite => ({
  table: store.main,
  key: main.entry(holderOf(run), run.journey, run.key),
  update: `${by === undefined ? '' : 'SET endedBy = :by '}REMOVE activeRun`,
  condition: 'activeRun = :run',
  values: { ':run': run.id, ...(by === undefined ? {} : { ':by': by }) },
});

/** Counts once, also after the end of the run. */
export const convertRun = (
  store: Store,
  run: string,
  converted: NonNullable<Run['converted']>,
): Promise<boolean> =>
  updateRun(store, run, {
    update: 'SET converted = :converted',
    condition: 'attribute_exists(pk) AND attribute_not_exists(converted)',
    values: { ':converted': converted },
  });

/**
 * Remembered before `Held` is thrown: freshness is counted from the first time.
 * @param leaves the run's wait goes as well, which has not begun; where it is another one by now, somebody
 * else has the run, and it is as if it had ended
 */
export const holdRun = (
  store: Store,
  run: string,
  held: NonNullable<Run['held']>,
  leaves?: RunWait,
): Promise<boolean> =>
  updateRun(store, run, {
    update: `SET held = :held${leaves ? ' REMOVE #wait' : ''}`,
    condition: `attribute_exists(pk) AND #status <> :ended${leaves ? ' AND (attribute_not_exists(#wait) OR #wait.#token = :token)' : ''}`,
    ...(leaves ? { names: { '#wait': 'wait', '#token': 'token' } } : {}),
    values: { ':held': held, ':ended': 'ended', ...(leaves ? { ':token': leaves.token } : {}) },
  });

/**
 * The wait that holds the run from now on. `pausedIn`: listed so that a resume finds it.
 * False when the run has ended meanwhile.
 */
export const storeWait = (store: Store, run: string, wait: RunWait, pausedIn?: string): Promise<boolean> =>
  updateRun(store, run, {
    update: `SET #wait = :wait${pausedIn ? ', unsettled = :unsettled, unsettledAt = :since' : ''}${wait.kind === 'hold' ? '' : ' REMOVE held'}`,
    condition: 'attribute_exists(pk) AND #status <> :ended',
    names: { '#wait': 'wait' },
    values: {
      ':wait': wait,
      ':ended': 'ended',
      ...(pausedIn ? { ':unsettled': unsettled(`paused:${pausedIn}`, run), ':since': wait.since } : {}),
    },
  });

/** A paused hold that was settled is no longer listed. */
export const unlistPaused = (store: Store, run: string, token: string): Promise<boolean> =>
  updateRun(store, run, {
    update: 'REMOVE unsettled, unsettledAt',
    condition: '#wait.#token = :token AND begins_with(unsettled, :paused)',
    names: { '#wait': 'wait', '#token': 'token' },
    values: { ':token': token, ':paused': 'paused:' },
  });

/**
 * Part of a transaction: the run goes on. A wait that is over is taken off the run by the way, or
 * gives way to the next one, at no cost beyond the check itself.
 */
export const runActiveWrite = (
  store: Store,
  run: Run,
  { wait, admitted }: { wait?: RunWait | undefined; admitted?: string | undefined } = {},
): TableWrite => {
  const sets = [...(wait ? ['#wait = :wait'] : []), ...(admitted ? ['#admitted = :admitted'] : [])];
  const removes = wait ? ['held'] : run.wait ? ['#wait'] : [];
  const part = {
    table: store.main,
    condition: 'attribute_exists(pk) AND #status <> :ended',
    names: {
      '#status': 'status',
      ...(wait || run.wait ? { '#wait': 'wait' } : {}),
      ...(admitted ? { '#admitted': 'admitted' } : {}),
    },
    values: {
      ':ended': 'ended',
      ...(wait ? { ':wait': wait } : {}),
      ...(admitted ? { ':admitted': [...(run.admitted ?? []), admitted] } : {}),
    },
  };
  const key = main.run(run.contact, run.id);
  if (sets.length + removes.length === 0) return { ...part, check: key };
  const set = sets.length > 0 ? `SET ${sets.join(', ')}` : '';
  const remove = removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '';
  return { ...part, key, update: [set, remove].filter((each) => each !== '').join(' ') };
};

interface RunUpdate {
  update: string;
  condition: string;
  names?: Record<string, string>;
  values: Item;
}

/** False when the condition does not hold. */
const updateRun = async (
  store: Store,
  run: string,
  { update, condition, names, values }: RunUpdate,
): Promise<boolean> => {
  const status = `${update} ${condition}`.includes('#status') ? { '#status': 'status' } : undefined;
  return isWritten(
    store.main.update(main.run(contactOf(run), run), {
      update,
      condition,
      values,
      // DynamoDB refuses names that are not used, and an empty list of them.
      ...(status || names ? { names: { ...status, ...names } } : {}),
    }),
  );
};
