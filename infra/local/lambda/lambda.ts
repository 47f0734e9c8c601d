import type { FunctionContext, LambdaHandler, Log } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';
import type { FunctionEntry } from '#infra/manifest';
import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import { type Background, createBackground } from './background.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { failureEvent } from './failures.ts';
import { type Called, createFunctions, type Functions } from './functions.ts';
import { createQuarantine, type Quarantine } from './quarantine.ts';
import { createSchedules, type Schedules } from './schedules.ts';
import { createStatuses, type StatusEvent } from './statuses.ts';
import type { StreamEntry } from './stream-batch.ts';
import {
  createStreamReader,
  type Redelivery,
  type StreamReader,
  type StreamSource,
} from './stream-reader.ts';

/** Records that this thread looks at in one go while requests arrive. */
const mostWhileBusy = 200;

export interface LambdaOptions {
  db: Database;
  clock: WorldClock;
  manifest: readonly FunctionEntry[];
  prefix: string;
  redeliver: Redelivery;
  /** Grows with whatever functions write; not with the keeping of the time, which every round does. */
  changes: () => number;
  /** Grows with whatever may make a scheduled function want to be called sooner. */
  plans: () => number;
  log: Log;
}

/** The handler of a function in another thread, which takes plain rows; undefined while there is none. */
export type Beside = (functionName: string) => LambdaHandler | undefined;

/** Functions with everything that calls them but requests and machines. */
export interface Lambda {
  readonly background: Background;
  readonly quarantine: Quarantine;
  readonly deliveries: Deliveries;
  readonly functions: Functions;
  readonly readers: readonly StreamReader[];
  onStatusChange(event: StatusEvent): Promise<void>;
  onCalled(listener: Called): void;
  /** Functions are made once their contexts can be. */
  connect(
    contextFor: (record: FunctionRecord) => FunctionContext,
    stream: StreamSource,
    beside?: Beside,
  ): void;
  start(): void;
  /** Time is about to move: see `Schedules`. */
  wake(): void;
  stop(): void;
}

export const createLambda = ({
  db,
  clock,
  manifest,
  prefix,
  redeliver,
  changes,
  plans,
  log,
}: LambdaOptions): Lambda => {
  const background = createBackground();
  const quarantine = createQuarantine(db, clock, (functionName, error, event) => {
    const [parker] = made().triggeredBy('failures');
    if (!parker || parker.record.name === functionName) return;
    deliveries.add(parker.record.name, failureEvent({ functionName, error, event, now: clock.now() }));
  });
  let functions: Functions | undefined;
  let schedules: Schedules | undefined;
  let statuses: ((event: StatusEvent) => Promise<void>) | undefined;
  const readers: StreamReader[] = [];
  let called: Called | undefined;
  let stopped = false;

  const made = (): Functions => {
    if (!functions) throw new Error('A function was called before the world was put together.');
    return functions;
  };
  const onFailure = (functionName: string, error: unknown): void => {
    if (!stopped) log.error('function-failed', { function: functionName, error });
  };
  const calling =
    (way: 'invoke' | 'invokeDirectly') =>
    async (functionName: string, event: unknown, handler?: LambdaHandler): Promise<unknown> => {
      try {
        return await made()[way](functionName, event, handler);
      } catch (error) {
        onFailure(functionName, error);
        throw error;
      }
    };
  const invoke = calling('invoke');
  /** Of what was parsed for this call: it is JSON already, and nobody else's. */
  const invokeParsed = calling('invokeDirectly');
  const invokeBehind = (functionName: string, event: unknown): Promise<unknown> =>
    background.run(() => invoke(functionName, event));
  const deliveries = createDeliveries({
    db,
    clock,
    quarantine,
    invoke: (functionName, event) => background.run(() => invokeParsed(functionName, event)),
    twice: redeliver.twice === true,
  });

  return {
    background,
    quarantine,
    deliveries,
    readers,
    get functions() {
      return made();
    },
    onStatusChange: async (event) => statuses?.(event),
    onCalled(listener) {
      called = listener;
    },
    connect(contextFor, source, beside) {
      functions = createFunctions({
        ...{ manifest, contextFor, prefix },
        called: (name, answer) => called?.(name, answer),
      });
      for (const { record, trigger } of functions.triggeredBy('stream')) {
        const common = { db, clock, source, quarantine, background, redeliver };
        // Who lets records wait for a window is not waited for: what it computes need not hold this thread up.
        const elsewhere = trigger.windowSeconds > 0 ? beside : undefined;
        const hand = (entries: readonly StreamEntry[]): Promise<unknown> => {
          const there = elsewhere?.(record.name);
          if (there)
            return invokeParsed(
              record.name,
              entries.map((entry) => entry.plain()),
              there,
            );
          return invokeParsed(record.name, { Records: entries.map((entry) => entry.record()) });
        };
        const mostAtOnce = (): number =>
          background.isBusy() && !elsewhere?.(record.name) ? mostWhileBusy : Number.POSITIVE_INFINITY;
        readers.push(
          createStreamReader({ ...common, functionName: record.name, trigger, mostAtOnce, invoke: hand }),
        );
      }
      statuses = createStatuses({ functions, invoke: invokeBehind, quarantine });
      schedules = createSchedules({
        functions,
        clock,
        invoke: invokeBehind,
        changes,
        plans,
        onFailure: () => {},
      });
    },
    start() {
      deliveries.start();
      for (const reader of readers) reader.poke();
      schedules?.start();
    },
    wake() {
      schedules?.wake();
    },
    stop() {
      stopped = true;
      schedules?.stop();
      deliveries.stop();
      for (const reader of readers) reader.stop();
    },
  };
};
