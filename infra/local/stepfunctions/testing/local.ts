import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { type Database, openDatabase } from '../../sqlite/database.ts';
import { createVirtualClock, type WorldClock } from '../../time/clock.ts';
import { createStepFunctions, type StepFunctions, type StepFunctionsOptions } from '../engine.ts';

export const startOfTests = Date.parse('2026-03-01T10:00:00Z');
export const role = 'arn:aws:iam::000000000000:role/test';

/** A function under test: gets the payload, answers or throws. */
export type Handler = (payload: never) => unknown;

export interface Local {
  db: Database;
  clock: WorldClock;
  engine: StepFunctions;
  /** Every call of a function, in order. */
  calls: { name: string; payload: Record<string, unknown> }[];
  /** Makes a machine and starts one execution of it, as far as it goes without time. */
  run(states: object, options?: RunOptions): Promise<Execution>;
  advance(seconds: number): Promise<void>;
}

interface RunOptions {
  input?: unknown;
  startAt?: string;
  timeoutSeconds?: number;
  name?: string;
}

/** An execution as tests ask about it. */
export interface Execution {
  arn: string;
  describe(): Promise<Record<string, unknown>>;
  output(): Promise<unknown>;
  history(): Promise<HistoryEvent[]>;
  types(): Promise<string[]>;
}

type Overrides = Partial<Omit<StepFunctionsOptions, 'invoke'>> & {
  handlers?: Record<string, Handler>;
  file?: string;
};

export const executionOf = (engine: StepFunctions, arn: string): Execution => {
  const describe = () => engine.execute('DescribeExecution', { executionArn: arn });
  const history = async () =>
    (await engine.execute('GetExecutionHistory', { executionArn: arn, maxResults: 1000 })).events ?? [];
  return {
    arn,
    describe: async () => (await describe()) as unknown as Record<string, unknown>,
    output: async () => JSON.parse((await describe()).output ?? 'null'),
    history,
    types: async () => (await history()).map((event) => event.type as string),
  };
};

/** A source of numbers in [0, 1) that is the same for the same seed. */
export const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** The service on a virtual clock, with functions that are given as plain handlers. */
export const newLocal = (overrides: Overrides = {}): Local => {
  const { handlers = {}, file = ':memory:', ...options } = overrides;
  const db = options.db ?? openDatabase(file, { sync: 'off' });
  const clock = options.clock ?? createVirtualClock(startOfTests);
  const calls: Local['calls'] = [];
  const engine = createStepFunctions({
    random: seeded(1),
    ...options,
    db,
    clock,
    async invoke(name, payload) {
      calls.push({ name, payload: payload as Record<string, unknown> });
      return handlers[name]?.(payload as never);
    },
  });
  let machines = 0;
  return {
    db,
    clock,
    engine,
    calls,
    async run(states, { input = {}, startAt = Object.keys(states)[0], timeoutSeconds, name } = {}) {
      const definition = {
        QueryLanguage: 'JSONata',
        StartAt: startAt,
        States: states,
        ...(timeoutSeconds && { TimeoutSeconds: timeoutSeconds }),
      };
      const { stateMachineArn } = await engine.execute('CreateStateMachine', {
        name: `machine-${++machines}`,
        definition: JSON.stringify(definition),
        roleArn: role,
      });
      const { executionArn } = await engine.execute('StartExecution', {
        stateMachineArn,
        input: JSON.stringify(input),
        ...(name !== undefined && { name }),
      });
      await engine.idle();
      return executionOf(engine, executionArn as string);
    },
    advance: (seconds) => clock.advanceTo(clock.now() + seconds * 1000, () => engine.idle()),
  };
};

/** A refusal of the service, for `expect(await refusalOf(…)).toMatchObject({ name: … })`. */
export const refusalOf = (promise: Promise<unknown>): Promise<{ name: string; message: string }> =>
  promise.then(
    () => ({ name: 'no refusal', message: '' }),
    (error: Error) => ({ name: error.name, message: error.message }),
  );

/** A task on function `work`, with any further fields. */
export const task = (fields: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'work', Payload: { n: 1 } },
  End: true,
  ...fields,
});

/** A task that hands its token to function `work` and waits. */
export const tokenTask = (fields: object = {}) =>
  task({
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'work', Payload: { token: '{% $states.context.Task.Token %}' } },
    ...fields,
  });
