import { describe, expect, it } from 'vitest';
import { newLocal, startOfTests, task } from '../testing/local.ts';

const done = { Type: 'Succeed' };
const show = (Output: unknown) => ({ Type: 'Pass', Output, End: true });

describe('a Choice', () => {
  const states = {
    Which: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n = 0 %}', Next: 'Zero', Output: 'zero', Assign: { way: 'first' } },
        { Condition: '{% $states.input.n > 9 %}', Next: 'Many' },
      ],
      Default: 'Other',
      Output: 'other',
      Assign: { way: 'none' },
    },
    Zero: show('{% [$states.input, $way] %}'),
    Many: done,
    Other: show('{% [$states.input, $way] %}'),
  };
  const outputFor = async (n: unknown) => (await newLocal().run(states, { input: { n } })).output();

  it('follows the first rule that holds, with its Assign and Output', async () => {
    expect(await outputFor(0)).toEqual(['zero', 'first']);
  });

  it('hands its input on when the rule says nothing else', async () => {
    expect(await outputFor(10)).toEqual({ n: 10 });
  });

  it('keeps its own Assign and Output for the default', async () => {
    expect(await outputFor(5)).toEqual(['other', 'none']);
  });

  it('fails with States.Runtime when no rule holds and there is no default', async () => {
    const { Default: _none, ...Which } = { ...states.Which, Choices: states.Which.Choices.slice(0, 1) };
    const execution = await newLocal().run({ Which, Zero: states.Zero }, { input: { n: 5 } });
    expect(await execution.describe()).toMatchObject({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Which' (entered at the event id #2). " +
        'Failed to transition out of the state. The state does not point to a next state.',
    });
  });

  it('fails when a condition is no boolean, naming the rule', async () => {
    const Which = { ...states.Which, Choices: [{ Condition: '{% $states.input.n %}', Next: 'Zero' }] };
    const { Many: _unused, ...others } = states;
    const execution = await newLocal().run({ ...others, Which }, { input: { n: 5 } });
    expect((await execution.describe()).cause).toContain(
      "field 'Choices[0]/Condition' returned an unexpected",
    );
  });
});

describe('variables', () => {
  it('are computed from the old values and seen by the next state', async () => {
    const execution = await newLocal().run({
      First: { Type: 'Pass', Assign: { a: 1, b: 10 }, Next: 'Swap' },
      Swap: {
        Type: 'Pass',
        Assign: { a: '{% $b %}', b: '{% $a %}' },
        Output: '{% [$a, $b] %}',
        Next: 'Show',
      },
      Show: show({ before: '{% $states.input %}', after: '{% [$a, $b] %}' }),
    });
    expect(await execution.output()).toEqual({ before: [1, 10], after: [10, 1] });
  });

  it('outlive a wait', async () => {
    const local = newLocal();
    const execution = await local.run({
      First: { Type: 'Pass', Assign: { kept: { deep: [1, 2] } }, Next: 'Sleep' },
      Sleep: { Type: 'Wait', Seconds: 60, Next: 'Show' },
      Show: show('{% $kept.deep %}'),
    });
    await local.advance(60);
    expect(await execution.output()).toEqual([1, 2]);
  });

  it('may not exceed 256 KiB each', async () => {
    const execution = await newLocal().run({
      Big: {
        Type: 'Pass',
        Assign: { big: "{% $join($map([1..70000], function($x) {'abcd'})) %}" },
        Output: 1,
        End: true,
      },
    });
    expect(await execution.describe()).toMatchObject({ error: 'States.DataLimitExceeded' });
  });
});

describe('a Wait', () => {
  const sleeping = async (fields: object) => {
    const local = newLocal();
    const execution = await local.run({ Sleep: { Type: 'Wait', ...fields, End: true } });
    return { local, execution, status: async () => (await execution.describe()).status };
  };

  it('waits its seconds, not less', async () => {
    const { local, status } = await sleeping({ Seconds: 60 });
    await local.advance(59);
    expect(await status()).toBe('RUNNING');
    await local.advance(1);
    expect(await status()).toBe('SUCCEEDED');
  });

  it('takes seconds from an expression', async () => {
    const { local, execution } = await sleeping({ Seconds: '{% 2 * 30 %}' });
    await local.advance(100);
    expect((await execution.describe()).stopDate).toEqual(new Date(startOfTests + 60_000));
  });

  it('waits until a time, and not at all for one that has passed', async () => {
    const until = await sleeping({ Timestamp: '2026-03-01T12:00:00+01:00' });
    await until.local.advance(7200);
    expect((await until.execution.describe()).stopDate).toEqual(new Date('2026-03-01T11:00:00Z'));
    const past = await sleeping({ Timestamp: '2020-01-01T00:00:00Z' });
    expect(await past.status()).toBe('SUCCEEDED');
  });

  it('fails on a time without an offset', async () => {
    const { execution } = await sleeping({ Timestamp: "{% '2016-12-05T21:29:29' %}" });
    expect(await execution.describe()).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'Sleep' (entered at the event id #2). The Timestamp field " +
        'cannot be parsed as an ISO-8601 extended offset date-time format string: 2016-12-05T21:29:29',
    });
  });

  it('fails on seconds that are no whole number', async () => {
    const { execution } = await sleeping({ Seconds: '{% 1.5 %}' });
    expect((await execution.describe()).cause).toContain('The Seconds field must be an integer');
  });
});

describe('the ends', () => {
  it('Succeed gives its output', async () => {
    const execution = await newLocal().run({ End: { Type: 'Succeed', Output: { how: 'completed' } } });
    expect(await execution.output()).toEqual({ how: 'completed' });
    expect(await execution.types()).toEqual([
      ...['ExecutionStarted', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded'],
    ]);
  });

  it('Fail gives an error and cause, by expressions too', async () => {
    const execution = await newLocal().run(
      { End: { Type: 'Fail', Error: '{% $states.input.Error %}', Cause: 'as told' } },
      { input: { Error: 'Broken' } },
    );
    expect(await execution.describe()).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'as told' });
    expect(await execution.types()).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
  });

  it('a failed expression in a state without catchers fails the execution and tells the history', async () => {
    const execution = await newLocal().run({ Bad: show({ v: '{% $states.input.absent %}' }) });
    const cause =
      "An error occurred while executing the state 'Bad' (entered at the event id #2). The JSONata expression " +
      "'$states.input.absent' specified for the field 'Output/v' returned nothing (undefined).";
    expect(await execution.describe()).toMatchObject({ error: 'States.QueryEvaluationError', cause });
    expect((await execution.history())[2]).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: {
        ...{ cause, error: 'States.QueryEvaluationError', location: 'Output/v', state: 'Bad' },
      },
    });
  });
});

describe('the context', () => {
  it('tells about the execution, the machine and the state', async () => {
    const local = newLocal();
    const execution = await local.run(
      { Sleep: { Type: 'Wait', Seconds: 1, Next: 'Show' }, Show: show('{% $states.context %}') },
      { input: { a: 1 }, name: 'run-1' },
    );
    await local.advance(1);
    expect(await execution.output()).toEqual({
      Execution: {
        Id: execution.arn,
        Input: { a: 1 },
        Name: 'run-1',
        RoleArn: 'arn:aws:iam::000000000000:role/test',
        StartTime: '2026-03-01T10:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine-1', Name: 'machine-1' },
      State: { Name: 'Show', EnteredTime: '2026-03-01T10:00:01.000Z', RetryCount: 0 },
    });
  });

  it('has a token only where one is waited for', async () => {
    const execution = await newLocal().run({
      Work: task({ Arguments: { FunctionName: 'work', Payload: '{% $states.context.Task.Token %}' } }),
    });
    expect(await execution.describe()).toMatchObject({ error: 'States.QueryEvaluationError' });
  });
});

describe('the limits', () => {
  const forever = { Type: 'Pass', Next: 'Again' };

  it('25,000 events end an execution as FAILED', async () => {
    const local = newLocal();
    const execution = await local.run({
      Again: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Pass' }], Default: 'End' },
      Pass: forever,
      End: done,
    });
    expect(await execution.describe()).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    const { events } = await local.engine.execute('GetExecutionHistory', {
      executionArn: execution.arn,
      reverseOrder: true,
      maxResults: 1,
    });
    expect(events?.[0]).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  });

  it('a year ends an execution as TIMED_OUT', async () => {
    const local = newLocal();
    const execution = await local.run({ Sleep: { Type: 'Wait', Seconds: 99_999_999, End: true } });
    await local.advance(365 * 86_400 - 1);
    expect(await execution.describe()).toMatchObject({ status: 'RUNNING' });
    await local.advance(1);
    const answer = await execution.describe();
    expect(answer).toMatchObject({ status: 'TIMED_OUT' });
    expect(answer).not.toHaveProperty('error');
    expect((await execution.history()).at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  it("the machine's own TimeoutSeconds ends it sooner, past every catcher", async () => {
    const local = newLocal();
    const execution = await local.run(
      {
        Work: task({
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
        }),
        Caught: done,
      },
      { timeoutSeconds: 30 },
    );
    await local.advance(30);
    expect(await execution.describe()).toMatchObject({ status: 'TIMED_OUT' });
  });
});
