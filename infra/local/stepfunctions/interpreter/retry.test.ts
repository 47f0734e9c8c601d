import { describe, expect, it } from 'vitest';
import { newLocal, startOfTests, task, tokenTask } from '../testing/local.ts';
import { StateError, timeout } from './errors.ts';
import { matches, retryDelay } from './retry.ts';

const retrier = (fields: object = {}) => ({ ErrorEquals: ['States.ALL'], ...fields });
const delays = (fields: object, random = () => 0.5) =>
  [1, 2, 3, 4].map((attempt) => retryDelay(retrier(fields), attempt, random) / 1000);

describe('the delay of a retry', () => {
  it('starts at one second and doubles unless told otherwise', () => {
    expect(delays({})).toEqual([1, 2, 4, 8]);
  });

  it('grows by the rate from the interval', () => {
    expect(delays({ IntervalSeconds: 3, BackoffRate: 1.5 })).toEqual([3, 4.5, 6.75, 10.125]);
  });

  it('is capped', () => {
    expect(delays({ IntervalSeconds: 3, MaxDelaySeconds: 5 })).toEqual([3, 5, 5, 5]);
  });

  it('is drawn between nothing and all of it with full jitter, after the cap', () => {
    expect(delays({ MaxDelaySeconds: 5, JitterStrategy: 'FULL' }, () => 0.25)).toEqual([0.25, 0.5, 1, 1.25]);
    expect(delays({ JitterStrategy: 'FULL' }, () => 0)).toEqual([0, 0, 0, 0]);
    expect(delays({ JitterStrategy: 'NONE' }, () => 0)).toEqual([1, 2, 4, 8]);
  });
});

describe('ErrorEquals', () => {
  const heardBy = (error: StateError) =>
    ['Mine', 'States.ALL', 'States.TaskFailed', 'States.Timeout', 'States.HeartbeatTimeout'].filter((name) =>
      matches(name, error),
    );
  const named = (error: string | undefined) => new StateError(error, 'cause');

  it.each([
    ["a function's error", named('Mine'), ['Mine', 'States.ALL', 'States.TaskFailed']],
    ['a timeout', timeout('task'), ['States.ALL', 'States.Timeout']],
    ['a missed heartbeat', timeout('heartbeat'), ['States.ALL', 'States.Timeout', 'States.HeartbeatTimeout']],
    ['too much data', named('States.DataLimitExceeded'), []],
    ['a runtime error', named('States.Runtime'), []],
    ['a failed expression', named('States.QueryEvaluationError'), ['States.ALL', 'States.TaskFailed']],
    ['a failure without a name', named(undefined), ['States.ALL', 'States.TaskFailed']],
  ])('of %s', (_what, error, names) => {
    expect(heardBy(error)).toEqual(names);
  });

  it('may name too much data, but never a runtime error', () => {
    expect(matches('States.DataLimitExceeded', named('States.DataLimitExceeded'))).toBe(true);
    expect(matches('States.Runtime', named('States.Runtime'))).toBe(false);
  });
});

class Busy extends Error {
  override readonly name = 'Busy';
}

/** Function `work` that fails as often as told, then answers. */
const failingTimes = (times: number) => {
  const at: number[] = [];
  const local = newLocal({
    handlers: {
      work: () => {
        at.push((local.clock.now() - startOfTests) / 1000);
        if (at.length <= times) throw new Busy('not yet');
        return 'done';
      },
    },
  });
  return { local, at };
};

describe('Retry', () => {
  const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 3 }];

  it('calls again after its delays and goes on when it succeeds', async () => {
    const { local, at } = failingTimes(2);
    const execution = await local.run({ Work: task({ Retry, Output: '{% $states.result.Payload %}' }) });
    await local.advance(100);
    expect(at).toEqual([0, 2, 6]);
    expect(await execution.output()).toBe('done');
    const triple = ['TaskScheduled', 'TaskStarted', 'TaskFailed'];
    expect((await execution.types()).slice(2, 10)).toEqual([
      ...triple,
      ...triple,
      'TaskScheduled',
      'TaskStarted',
    ]);
  });

  it('gives up after its attempts and fails with the last error', async () => {
    const { local, at } = failingTimes(9);
    const execution = await local.run({ Work: task({ Retry }) });
    await local.advance(100);
    expect(at).toEqual([0, 2, 6, 14]);
    expect(await execution.describe()).toMatchObject({ status: 'FAILED', error: 'Busy' });
  });

  it('is billed one transition for the state and one for each retry', async () => {
    const { local } = failingTimes(2);
    await local.run({ Work: task({ Retry }) });
    await local.advance(100);
    expect(local.engine.usage()).toMatchObject([
      { executions: 1, running: 0, transitions: 3, invocations: 3 },
    ]);
  });

  it('with no attempts leaves the error to the catcher, whatever later retriers say', async () => {
    const { local, at } = failingTimes(9);
    const execution = await local.run({
      Work: task({
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 0 }, { ErrorEquals: ['States.TaskFailed'] }],
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Caught' }],
      }),
      Caught: { Type: 'Pass', End: true },
    });
    expect(at).toEqual([0]);
    expect(await execution.output()).toBe('Busy');
  });

  it('counts for each retrier on its own', async () => {
    const errors = ['Busy', 'Gone', 'Busy', 'Gone'];
    const local = newLocal({
      handlers: {
        work: () => {
          throw Object.assign(new Error('no'), { name: errors[local.calls.length - 1] ?? 'Other' });
        },
      },
    });
    const once = (name: string) => ({ ErrorEquals: [name], MaxAttempts: 1 });
    const execution = await local.run({ Work: task({ Retry: [once('Busy'), once('Gone')] }) });
    await local.advance(100);
    expect(local.calls.length).toBe(3);
    expect(await execution.describe()).toMatchObject({ error: 'Busy' });
  });

  it('begins anew when the state is entered again', async () => {
    const { local, at } = failingTimes(4);
    await local.run({
      Work: task({
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Work' }],
      }),
    });
    await local.advance(100);
    expect(at).toEqual([0, 1, 1, 2, 2]);
  });

  it('shows the number of retries in the context', async () => {
    const { local } = failingTimes(2);
    await local.run({
      Work: task({
        Retry,
        Arguments: { FunctionName: 'work', Payload: { retries: '{% $states.context.State.RetryCount %}' } },
      }),
    });
    await local.advance(100);
    expect(local.calls.map((call) => call.payload.retries)).toEqual([0, 1, 2]);
  });

  it('makes a new token for each attempt', async () => {
    const { local } = failingTimes(1);
    await local.run({ Work: tokenTask({ Retry }) });
    await local.advance(2);
    const [first, second] = local.calls.map((call) => call.payload.token);
    expect(first).not.toBe(second);
  });

  it('hears timeouts only by their own name or States.ALL', async () => {
    const local = newLocal();
    const execution = await local.run({
      Work: tokenTask({
        TimeoutSeconds: 10,
        Retry: [{ ErrorEquals: ['States.TaskFailed'] }, { ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }],
      }),
    });
    await local.advance(100);
    expect(local.calls.length).toBe(2);
    expect((await execution.describe()).stopDate).toEqual(new Date(startOfTests + 21_000));
  });

  it('retries expressions that failed before the call', async () => {
    const local = newLocal();
    const Payload = "{% $states.context.State.RetryCount = 0 ? $parse('no') : 'fine' %}";
    const execution = await local.run({
      Work: task({
        Arguments: { FunctionName: 'work', Payload },
        Retry: [{ ErrorEquals: ['States.QueryEvaluationError'] }],
      }),
    });
    await local.advance(1);
    expect(await execution.types()).toContain('EvaluationFailed');
    expect(await execution.describe()).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('Catch', () => {
  it('hears an output that cannot be computed, but not what its own output does wrong', async () => {
    const local = newLocal();
    const Work = (Output: unknown) =>
      task({
        Output: '{% $states.result.absent %}',
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Output, Next: 'Caught' }],
      });
    const Caught = { Type: 'Pass', End: true };
    const fine = await local.run({ Work: Work('{% $states.errorOutput.Error %}'), Caught });
    expect(await fine.output()).toBe('States.QueryEvaluationError');
    const broken = await local.run({ Work: Work('{% $states.result.absent %}'), Caught });
    expect((await broken.describe()).cause).toContain("'Catch[0]/Output' returned nothing");
  });

  it('gives the error as output when it names none', async () => {
    const { local } = failingTimes(1);
    const execution = await local.run({
      Work: task({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }] }),
      Caught: { Type: 'Pass', End: true },
    });
    expect(await execution.output()).toEqual({ Error: 'Busy', Cause: expect.stringContaining('not yet') });
  });
});
