import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../time/clock.ts';
import {
  executionOf,
  type Handler,
  type Local,
  newLocal,
  seeded,
  startOfTests,
  task,
  tokenTask,
} from './testing/local.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stepfunctions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process on the test's file; `crash` drops it with whatever is under way. */
const open = (handlers: Record<string, Handler> = {}, now = startOfTests) => {
  const local = newLocal({ file: join(folder, 'world.db'), handlers, clock: createVirtualClock(now) });
  return {
    ...local,
    crash: async () => {
      local.engine.close();
      await local.db.close();
    },
  };
};

const never = () => new Promise<never>(() => {});
const turns = async (until: () => boolean) => {
  while (!until()) await new Promise((resolve) => setTimeout(resolve, 1));
};
const start = async (local: Local, states: object): Promise<string> => {
  const { stateMachineArn } = await local.engine.execute('CreateStateMachine', {
    name: 'machine',
    definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states }),
    roleArn: 'role',
  });
  const { executionArn } = await local.engine.execute('StartExecution', { stateMachineArn, name: 'run' });
  return executionArn as string;
};

describe('after a crash', () => {
  it('an execution that was started and did not move yet runs', async () => {
    const first = open();
    const arn = await start(first, { End: { Type: 'Succeed', Output: 'ran' } });
    await first.crash();
    const second = open();
    second.engine.resume();
    await second.engine.idle();
    expect(await executionOf(second.engine, arn).output()).toBe('ran');
    await second.crash();
  });

  it('a call in flight is made again with the same arguments, once', async () => {
    const first = open({ work: never });
    const arn = await start(first, {
      Draw: { Type: 'Pass', Assign: { drawn: '{% $random() %}' }, Next: 'Work' },
      Work: task({
        Arguments: { FunctionName: 'work', Payload: { drawn: '{% $drawn %}', at: '{% $now() %}' } },
        Output: '{% $states.result.Payload %}',
      }),
    });
    await turns(() => first.calls.length === 1);
    await first.crash();
    const second = open({ work: () => 'answered' }, startOfTests + 60_000);
    second.engine.resume();
    await second.engine.idle();
    expect(second.calls).toEqual(first.calls);
    expect(await executionOf(second.engine, arn).output()).toBe('answered');
    expect(await executionOf(second.engine, arn).types()).toEqual([
      ...['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'TaskStateEntered', 'TaskScheduled'],
      ...['TaskStarted', 'TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded'],
    ]);
    await second.crash();
  });

  it('a task that waits is not called again, and its token is still good', async () => {
    const first = open();
    const arn = await start(first, { Ask: tokenTask() });
    await first.engine.idle();
    await first.crash();
    const second = open();
    second.engine.resume();
    await second.engine.idle();
    expect(second.calls).toEqual([]);
    const taskToken = first.calls[0]?.payload.token as string;
    await second.engine.execute('SendTaskSuccess', { taskToken, output: '"yes"' });
    await second.engine.idle();
    expect(await executionOf(second.engine, arn).output()).toBe('yes');
    await second.crash();
  });

  it('a task whose call was cut off keeps its token in the next call', async () => {
    const first = open({ work: never });
    await start(first, { Ask: tokenTask() });
    await turns(() => first.calls.length === 1);
    await first.crash();
    const second = open();
    second.engine.resume();
    await second.engine.idle();
    expect(second.calls).toEqual(first.calls);
    await second.crash();
  });

  it('an answer that was taken is not lost, though the execution had not moved', async () => {
    const first = open();
    const arn = await start(first, { Ask: tokenTask({ End: undefined, Next: 'Work' }), Work: task() });
    await first.engine.idle();
    const taskToken = first.calls[0]?.payload.token as string;
    await first.engine.execute('SendTaskSuccess', { taskToken, output: '1' });
    await first.crash();
    const second = open();
    second.engine.resume();
    await second.engine.idle();
    expect(await executionOf(second.engine, arn).describe()).toMatchObject({ status: 'SUCCEEDED' });
    await second.crash();
  });

  it.each([
    ['before it was due', 30, 60],
    ['when it was due while nothing ran', 600, 600],
  ])('a wait ends %s', async (_when, restartAfter, endsAfter) => {
    const first = open();
    const arn = await start(first, { Sleep: { Type: 'Wait', Seconds: 60, End: true } });
    await first.engine.idle();
    await first.crash();
    const second = open({}, startOfTests + restartAfter * 1000);
    second.engine.resume();
    await second.advance(60);
    const { stopDate } = await executionOf(second.engine, arn).describe();
    expect(stopDate).toEqual(new Date(startOfTests + endsAfter * 1000));
    await second.crash();
  });

  it('a retry comes when it was due, with its count kept', async () => {
    const failing = () => {
      throw new Error('no');
    };
    const first = open({ work: failing });
    const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 2 }];
    const arn = await start(first, { Work: task({ Retry }) });
    await first.advance(15);
    expect(first.calls.length).toBe(2);
    await first.crash();
    const second = open({ work: failing }, startOfTests + 15_000);
    second.engine.resume();
    await second.advance(60);
    expect(second.calls.length).toBe(1);
    const { status, stopDate } = await executionOf(second.engine, arn).describe();
    expect([status, stopDate]).toEqual(['FAILED', new Date(startOfTests + 30_000)]);
    await second.crash();
  });

  it('a machine that was being deleted still ends its executions', async () => {
    const first = open();
    const arn = await start(first, { Ask: tokenTask({ End: undefined, Next: 'Work' }), Work: task() });
    await first.engine.idle();
    await first.engine.execute('DeleteStateMachine', {
      stateMachineArn: arn.replace('execution', 'stateMachine').replace(':run', ''),
    });
    await first.crash();
    const second = open();
    second.engine.resume();
    const taskToken = first.calls[0]?.payload.token as string;
    await second.engine.execute('SendTaskSuccess', { taskToken, output: '1' });
    await second.engine.idle();
    expect(await executionOf(second.engine, arn).describe()).toMatchObject({ status: 'ABORTED' });
    await second.crash();
  });

  it('at every possible moment, each execution still ends once and rightly', async () => {
    const handlers = { work: async ({ n }: { n: number }) => n + 1 };
    const step = (Next: string) => ({
      ...task({ End: undefined, Next }),
      Arguments: { FunctionName: 'work', Payload: { n: '{% $n %}' } },
      Assign: { n: '{% $states.result.Payload %}' },
    });
    const states = {
      Begin: { Type: 'Pass', Assign: { n: 0 }, Next: 'One' },
      One: step('Two'),
      Two: step('Sleep'),
      Sleep: { Type: 'Wait', Seconds: 5, Next: 'Three' },
      Three: step('End'),
      End: { Type: 'Succeed', Output: '{% $n %}' },
    };
    let arn = '';
    let crashes = 0;
    for (let now = startOfTests, ended = false; !ended; crashes++) {
      const local = open(handlers, now);
      if (arn === '') arn = await start(local, states);
      local.engine.resume();
      // The process lives for a few turns of the event loop; later ones also let time pass.
      for (let turn = 0; turn < crashes % 4; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (crashes > 8) await local.clock.advanceTo(now + 2000, () => new Promise((r) => setImmediate(r)));
      now = local.clock.now();
      ended = (await executionOf(local.engine, arn).describe()).status !== 'RUNNING';
      await local.crash();
    }
    const last = open();
    const execution = executionOf(last.engine, arn);
    expect(await execution.output()).toBe(3);
    expect((await execution.types()).filter((type) => type === 'TaskSucceeded').length).toBe(3);
    expect((await execution.history()).map((event) => event.id)).toEqual(
      (await execution.history()).map((_, i) => i + 1),
    );
    expect(crashes).toBeGreaterThan(8);
    await last.crash();
  });
});

describe('resuming what runs already', () => {
  it('does not call twice', async () => {
    const answer = Promise.withResolvers<string>();
    const local = newLocal({ handlers: { work: () => answer.promise } });
    const arn = await start(local, { Work: task({ Output: '{% $states.result.Payload %}' }) });
    await turns(() => local.calls.length === 1);
    for (let i = 0; i < 3; i++) local.engine.resume();
    await new Promise((resolve) => setTimeout(resolve, 5));
    answer.resolve('once');
    await local.engine.idle();
    expect(local.calls.length).toBe(1);
    expect(await executionOf(local.engine, arn).output()).toBe('once');
  });
});

describe('many waiting executions', () => {
  it('are waited for without a call, a queue entry or a timer of their own', async () => {
    const local = newLocal();
    const arn = await start(local, { Ask: tokenTask({ TimeoutSeconds: 3600 }) });
    const stateMachineArn = arn.replace('execution', 'stateMachine').replace(':run', '');
    await Promise.all(
      Array.from({ length: 500 }, (_, i) =>
        local.engine.execute('StartExecution', { stateMachineArn, name: `e${i}` }),
      ),
    );
    await local.engine.idle();
    expect(local.engine.isIdle()).toBe(true);
    expect(local.engine.usage()).toMatchObject([{ running: 501 }]);
    await local.advance(3600);
    expect(local.engine.usage()).toMatchObject([{ executions: 501, running: 0, transitions: 501 }]);
  });
});

describe('the same seed', () => {
  it('gives the same histories', async () => {
    const story = async () => {
      const local = newLocal({
        random: seeded(7),
        handlers: {
          work: () => {
            if (local.calls.length % 3 !== 0) throw new Error('flaky');
            return local.calls.length;
          },
        },
      });
      const Retry = [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 8, JitterStrategy: 'FULL' }];
      const first = await start(local, {
        Work: task({ Retry, End: undefined, Next: 'Sleep' }),
        Sleep: { Type: 'Wait', Seconds: 60, Next: 'Show' },
        Show: { Type: 'Pass', Output: '{% [$uuid(), $random(), $now()] %}', End: true },
      });
      const stateMachineArn = first.replace('execution', 'stateMachine').replace(':run', '');
      for (let i = 0; i < 20; i++) await local.engine.execute('StartExecution', { stateMachineArn });
      await local.advance(600);
      const { executions = [] } = await local.engine.execute('ListExecutions', { stateMachineArn });
      const histories = executions.map(({ executionArn }) =>
        executionOf(local.engine, executionArn as string).history(),
      );
      return JSON.stringify(await Promise.all(histories)).replaceAll(/\\"trace\\":.*?\]/g, '');
    };
    expect(await story()).toBe(await story());
  });
});
