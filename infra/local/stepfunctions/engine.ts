import { randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import { createDriver } from './driver.ts';
import { createEvaluator } from './expressions/evaluator.ts';
import { uuid } from './expressions/functions.ts';
import type { Machinery } from './interpreter/machinery.ts';
import { createToken } from './interpreter/token.ts';
import { createKeeper } from './keep.ts';
import { aliasOperations } from './operations/aliases.ts';
import { executionOperations } from './operations/executions.ts';
import { listingOperations } from './operations/listings.ts';
import { machineOperations } from './operations/machines.ts';
import { retention, type Service } from './operations/service.ts';
import { taskOperations } from './operations/tasks.ts';
import { versionOperations } from './operations/versions.ts';
import { createOutbox, type Subscriber } from './outbox.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { createExecutionStore, type ExecutionStatus } from './store/executions.ts';
import { createMachineStore } from './store/machines.ts';
import { createTables } from './store/schema.ts';
import { readUsage, type Usage } from './usage.ts';

export interface StepFunctionsOptions {
  db: Database;
  clock: WorldClock;
  /** Runs a function; rejects with what it threw, or with an AwsError of Lambda (unknown function, throttled). */
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** Calls an AWS service for `aws-sdk` tasks, e.g. `('dynamodb', 'putItem', { … })`. */
  aws?(service: string, action: string, params: unknown): Promise<unknown>;
  /** Hears every change of status at least once, over restarts too; a rejection brings it again. */
  onStatusChange?: Subscriber;
  /** Which changes are told; all unless given. */
  statuses?: readonly ExecutionStatus[];
  /** Numbers in [0, 1) for jitter, routing, ids and `$random`. */
  random?(): number;
  region?: string;
  account?: string;
  /** Executions moved at once, which bounds the calls in flight. */
  atOnce?: number;
}

export interface StepFunctions {
  /** An operation of the service, in the shapes of the SDK. Rejects with an AwsError of the service's name. */
  execute<K extends keyof Operations>(operation: K, input: InputOf<K>): Promise<OutputOf<K>>;
  execute(operation: string, input: object): Promise<object>;
  /** Takes up everything that a former process left. */
  resume(): void;
  /** Resolves when nothing can happen before time moves or someone calls. */
  idle(): Promise<void>;
  isIdle(): boolean;
  /** Billed transitions and invocations, of one machine or of all. */
  usage(stateMachineArn?: string): Usage[];
  /** Stops moving executions. Nothing is lost; `resume` of the next process goes on. */
  close(): void;
}

type Operations = ReturnType<typeof operationsOf>;
type InputOf<K extends keyof Operations> = Parameters<Operations[K]>[0];
type OutputOf<K extends keyof Operations> = Awaited<ReturnType<Operations[K]>>;

const operationsOf = (service: Service) => ({
  ...machineOperations(service),
  ...versionOperations(service),
  ...aliasOperations(service),
  ...executionOperations(service),
  ...listingOperations(service),
  ...taskOperations(service),
});

const unpredictable = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48;

const refuseServices = (service: string): Promise<never> =>
  Promise.reject(new AwsError('UnknownServiceException', `There is no service '${service}' here.`));

/** The secret behind task tokens, the same for the life of the database. */
const secretOf = (db: Database, random: () => number): string => {
  const known = db.prepare("SELECT value FROM sfn_settings WHERE name = 'secret'").get();
  if (known) return known.value as string;
  const secret = uuid(random) + uuid(random);
  db.prepare("INSERT INTO sfn_settings (name, value) VALUES ('secret', ?)").run(secret);
  return secret;
};

/** Promises that resolve when `isIdle` holds; the first fault met meanwhile rejects them. */
const createRest = (isIdle: () => boolean) => {
  let waiting: { resolve(): void; reject(cause: unknown): void }[] = [];
  let fault: { cause: unknown } | undefined;
  const check = (): void => {
    if (waiting.length === 0 || !isIdle()) return;
    const [now, failed] = [waiting, fault];
    waiting = [];
    fault = undefined;
    for (const { resolve, reject } of now) failed ? reject(failed.cause) : resolve();
  };
  return {
    check,
    fault(cause: unknown): void {
      fault ??= { cause };
    },
    wait(): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ resolve, reject });
      check();
      return promise;
    },
  };
};

/** How many of something are under way. */
const createCounter = (changed: () => void) => {
  let count = 0;
  return {
    begin: () => void count++,
    end(): void {
      count--;
      changed();
    },
    isZero: () => count === 0,
  };
};

const afterLostGroup = 1000;

/** AWS Step Functions (Standard, JSONata) in one process over one database. */
export const createStepFunctions = (options: StepFunctionsOptions): StepFunctions => {
  const { db, clock, invoke, aws = refuseServices, random = unpredictable, onStatusChange } = options;
  const { region = 'us-east-1', account = '000000000000', atOnce = 256, statuses } = options;
  createTables(db);
  const executions = createExecutionStore(db);
  const machines = createMachineStore(db);
  const secret = secretOf(db, random);
  const newUuid = () => uuid(random);
  const deleting = new Map<string, number>();
  const readDeleting = (): void => {
    deleting.clear();
    for (const { arn } of machines.deleting()) deleting.set(arn, executions.countRunning(arn));
  };
  readDeleting();
  db.onRollback(readDeleting);
  let isClosed = false;

  const rest = createRest(() => isIdle());
  const calls = createCounter(rest.check);
  const requests = createCounter(rest.check);
  const fault = (cause: unknown): void => {
    if (isClosed) return;
    rest.fault(cause);
    clock.at(clock.now() + afterLostGroup, 'stepfunctions-resume', () => !isClosed && resume());
  };

  const outbox =
    onStatusChange && createOutbox({ db, clock, subscriber: onStatusChange, settled: rest.check, fault });
  const ended = (machine: string): void => {
    const left = (deleting.get(machine) ?? 0) - 1;
    if (left > 0) deleting.set(machine, left);
    else if (deleting.delete(machine)) machines.removeMachine(machine);
  };
  const all: ExecutionStatus[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];
  const keeper = createKeeper({
    ...{ executions, now: clock.now, newUuid, outbox, ended },
    told: new Set(statuses ?? all),
  });
  const machinery: Machinery = {
    evaluate: createEvaluator({ clock, random }),
    now: () => clock.now(),
    random,
    tokenOf: (execution, task) => createToken(secret, { execution, task }),
    region,
  };
  const drive = createDriver({
    ...{ db, clock, executions, machines, machinery, calls },
    outside: { invoke, aws, random, region },
    isDeleting: (machine) => deleting.has(machine),
    keep: keeper.keep,
    wakeAt: (due) => scheduler.wakeAt(due),
  });
  const scheduler: Scheduler = createScheduler(
    { clock, executions, atOnce, settled: rest.check, fault },
    drive,
  );
  const service: Service = {
    ...{ db, clock, executions, machines, machinery, keeper, scheduler, secret, account, newUuid, deleting },
  };
  const operations = operationsOf(service);

  const isIdle = (): boolean =>
    scheduler.isIdle() && calls.isZero() && requests.isZero() && (outbox?.isIdle() ?? true);
  const resume = (): void => {
    executions.forget(clock.now() - retention);
    outbox?.resume();
    scheduler.resume();
  };
  const execute = async (operation: string, input: object): Promise<object> => {
    const perform = Object.hasOwn(operations, operation)
      ? operations[operation as keyof Operations]
      : undefined;
    if (!perform)
      throw new AwsError('UnknownOperationException', `There is no operation '${operation}' here.`);
    requests.begin();
    try {
      return await (perform as (given: object) => Promise<object>)(input);
    } finally {
      requests.end();
    }
  };

  return {
    execute: execute as StepFunctions['execute'],
    resume,
    idle: rest.wait,
    isIdle,
    usage: (machine) => readUsage(db, machine),
    close() {
      isClosed = true;
      scheduler.close();
      outbox?.close();
      rest.check();
    },
  };
};
