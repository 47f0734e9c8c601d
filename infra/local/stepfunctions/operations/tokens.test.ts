import { describe, expect, it, vi } from 'vitest';
import { newLocal, refusalOf, tokenTask } from '../testing/local.ts';

/** An execution that waits in state `Ask`, and its token. */
const asking = async (fields: object = {}, others: object = {}) => {
  const local = newLocal();
  const execution = await local.run({ Ask: tokenTask(fields), ...others });
  const taskToken = local.calls[0]?.payload.token as string;
  const send = (kind: 'Success' | 'Failure' | 'Heartbeat', input: object = {}) =>
    local.engine.execute(`SendTask${kind}`, { taskToken, ...input });
  const succeed = (output: unknown = 'yes') => send('Success', { output: JSON.stringify(output) });
  return {
    local,
    execution,
    taskToken,
    send,
    succeed,
    status: async () => (await execution.describe()).status,
  };
};

describe('a task that waits for its token', () => {
  it('goes on with the output of SendTaskSuccess', async () => {
    const { local, execution, succeed } = await asking();
    expect(await succeed({ answer: 1 })).toEqual({});
    await local.engine.idle();
    expect(await execution.output()).toEqual({ answer: 1 });
    expect((await execution.types()).slice(2, 7)).toEqual([
      ...['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited'],
    ]);
  });

  it('fails with the error and cause of SendTaskFailure, for retriers and catchers to hear', async () => {
    const { local, execution, send } = await asking(
      { Catch: [{ ErrorEquals: ['Ended'], Next: 'Caught' }] },
      { Caught: { Type: 'Pass', End: true } },
    );
    await send('Failure', { error: 'Ended', cause: '{"by":"goal"}' });
    await local.engine.idle();
    expect(await execution.output()).toEqual({ Error: 'Ended', Cause: '{"by":"goal"}' });
  });

  it('fails without a name when SendTaskFailure gives none', async () => {
    const { local, execution, send } = await asking(
      { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
      { Caught: { Type: 'Pass', End: true } },
    );
    await send('Failure');
    await local.engine.idle();
    expect(await execution.output()).toEqual({ Error: null, Cause: null });
    const failed = (await execution.history()).find((event) => event.type === 'TaskFailed');
    expect(failed?.taskFailedEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke.waitForTaskToken',
    });
  });

  it('may be answered while the function that got the token still runs', async () => {
    const local = newLocal({
      handlers: {
        work: async ({ token }: { token: string }) => {
          await local.engine.execute('SendTaskSuccess', { taskToken: token, output: '"early"' });
          return 'ignored';
        },
      },
    });
    const execution = await local.run({ Ask: tokenTask() });
    expect(await execution.output()).toBe('early');
    expect(local.calls.length).toBe(1);
  });

  it('takes an answer at the very moment at which the function ends', async () => {
    const local = newLocal({
      handlers: {
        work: ({ token }: { token: string }) => {
          void local.engine.execute('SendTaskSuccess', { taskToken: token, output: '"early"' });
        },
      },
    });
    const execution = await local.run({ Ask: tokenTask() });
    expect(await execution.output()).toBe('early');
  });

  it('fails when the function fails, and then takes no answer', async () => {
    const local = newLocal({
      handlers: {
        work: () => {
          throw new Error('could not ask');
        },
      },
    });
    const execution = await local.run({ Ask: tokenTask() });
    expect(await execution.describe()).toMatchObject({ status: 'FAILED', error: 'Error' });
    const taskToken = local.calls[0]?.payload.token as string;
    expect(
      await refusalOf(local.engine.execute('SendTaskSuccess', { taskToken, output: '1' })),
    ).toMatchObject({
      name: 'TaskTimedOut',
    });
  });
});

describe('a token', () => {
  const closed = { name: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };

  it('is good for one answer', async () => {
    const { succeed, send } = await asking();
    await succeed();
    expect(await refusalOf(succeed())).toEqual(closed);
    expect(await refusalOf(send('Failure'))).toEqual(closed);
    expect(await refusalOf(send('Heartbeat'))).toEqual(closed);
  });

  it('is good for one of two answers that come at the same moment', async () => {
    const { local, execution, succeed } = await asking();
    const both = await Promise.all([refusalOf(succeed('a')), refusalOf(succeed('b'))]);
    await local.engine.idle();
    expect(both.map((refusal) => refusal.name)).toEqual(['no refusal', 'TaskTimedOut']);
    expect(await execution.output()).toBe('a');
  });

  it('of a former attempt does not answer the present one', async () => {
    const { local, taskToken, status, succeed } = await asking({
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }],
    });
    await local.advance(62);
    expect(local.calls.length).toBe(2);
    expect(await refusalOf(succeed())).toEqual(closed);
    expect(await status()).toBe('RUNNING');
    const present = local.calls[1]?.payload.token as string;
    expect(present).not.toBe(taskToken);
    await local.engine.execute('SendTaskSuccess', { taskToken: present, output: '1' });
    await local.engine.idle();
    expect(await status()).toBe('SUCCEEDED');
  });

  it('is refused from the instant the task times out', async () => {
    const { local, succeed, status } = await asking({ TimeoutSeconds: 60 });
    const refused: Promise<unknown>[] = [];
    local.clock.at(local.clock.now() + 60_000, 'before stepfunctions', () =>
      refused.push(refusalOf(succeed())),
    );
    await local.advance(60);
    expect(await refused[0]).toEqual(closed);
    expect(await status()).toBe('FAILED');
    expect(await refusalOf(succeed())).toEqual(closed);
  });

  it('is accepted up to that instant', async () => {
    const { local, succeed, execution } = await asking({ TimeoutSeconds: 60 });
    await local.advance(59.999);
    await succeed();
    await local.advance(1);
    expect(await execution.output()).toBe('yes');
  });

  it('is refused after the execution was stopped', async () => {
    const { local, execution, succeed, status } = await asking();
    await local.engine.execute('StopExecution', { executionArn: execution.arn });
    expect(await refusalOf(succeed())).toEqual(closed);
    expect(await status()).toBe('ABORTED');
  });

  it('of an execution that is long forgotten leads to TaskDoesNotExist', async () => {
    const { local, execution, succeed } = await asking();
    await local.engine.execute('StopExecution', { executionArn: execution.arn });
    await local.advance(91 * 86_400);
    local.engine.resume();
    expect(await refusalOf(succeed())).toMatchObject({ name: 'TaskDoesNotExist' });
  });

  it('is refused when forged, altered or cut', async () => {
    const { local, taskToken } = await asking();
    for (const token of [
      'nonsense',
      `${taskToken}x`,
      taskToken.slice(0, -1),
      taskToken.replace('.1.', '.2.'),
    ])
      expect(
        await refusalOf(local.engine.execute('SendTaskSuccess', { taskToken: token, output: '1' })),
      ).toMatchObject({ name: 'InvalidToken' });
  });

  it('is about as long as the tokens of AWS', async () => {
    expect((await asking()).taskToken.length).toBe(712);
  });

  it('takes only JSON, of at most 256 KiB', async () => {
    const { send, succeed } = await asking();
    expect(await refusalOf(send('Success', { output: 'yes' }))).toMatchObject({ name: 'InvalidOutput' });
    expect(await refusalOf(succeed('x'.repeat(262_144)))).toMatchObject({ name: 'InvalidOutput' });
    expect(await refusalOf(send('Success'))).toMatchObject({ name: 'ValidationException' });
  });
});

describe('a heartbeat', () => {
  const beating = { TimeoutSeconds: 100, HeartbeatSeconds: 10 };
  const withCatch = (...ErrorEquals: string[]) =>
    asking(
      { ...beating, Catch: [{ ErrorEquals, Output: '{% $states.errorOutput %}', Next: 'Caught' }] },
      { Caught: { Type: 'Pass', End: true } },
    );

  it('that is missed fails the task as a timeout', async () => {
    const { local, execution } = await asking(beating);
    await local.advance(10);
    expect(await execution.describe()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('that is missed is caught by its own name and by States.Timeout', async () => {
    for (const name of ['States.HeartbeatTimeout', 'States.Timeout']) {
      const { local, execution } = await withCatch(name);
      await local.advance(10);
      expect(await execution.output()).toEqual({ Error: 'States.Timeout', Cause: '' });
    }
  });

  it('pushes the next one forward, but never the timeout', async () => {
    const { local, send, status, execution } = await asking(beating);
    for (let i = 0; i < 11; i++) {
      await local.advance(9);
      expect(await status()).toBe('RUNNING');
      await send('Heartbeat');
    }
    await local.advance(1);
    expect(await execution.describe()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('keeps a task alive whose function still runs', async () => {
    const answer = Promise.withResolvers<void>();
    const local = newLocal({ handlers: { work: () => answer.promise } });
    const started = local.run({ Ask: tokenTask(beating) });
    const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
    await vi.waitFor(() => expect(local.calls).toHaveLength(1));
    const taskToken = local.calls[0]?.payload.token as string;
    for (let i = 0; i < 3; i++) {
      await local.clock.advanceTo(local.clock.now() + 9000, turn);
      await local.engine.execute('SendTaskHeartbeat', { taskToken });
    }
    answer.resolve();
    const execution = await started;
    expect((await execution.types()).at(-1)).toBe('TaskSubmitted');
    await local.advance(9);
    expect(await execution.describe()).toMatchObject({ status: 'RUNNING' });
    await local.advance(1);
    expect(await execution.describe()).toMatchObject({ status: 'FAILED' });
  });
});
