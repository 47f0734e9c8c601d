import { describe, expect, it } from 'vitest';
import { AwsError } from '../../aws-error.ts';
import { newLocal, startOfTests, task, tokenTask } from '../testing/local.ts';

const failing = (error: Error) => ({
  work: () => {
    throw error;
  },
});

class Held extends Error {
  override readonly name = 'Held';
}

/** Sends what was caught to the output. */
const caught = { Type: 'Pass', End: true };

describe('a task that invokes a function', () => {
  it('hands the payload over and gets the answer with its envelope', async () => {
    const local = newLocal({ handlers: { work: ({ n }: { n: number }) => ({ twice: n * 2 }) } });
    const execution = await local.run({ Work: task() });
    expect(await execution.output()).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { twice: 2 },
      StatusCode: 200,
    });
    expect(local.calls).toEqual([{ name: 'work', payload: { n: 1 } }]);
  });

  it('takes the function by name, partial or whole ARN', async () => {
    const local = newLocal();
    for (const name of [
      'work',
      '000000000000:function:work',
      'arn:aws:lambda:us-east-1:000000000000:function:work:7',
    ])
      await local.run({ Work: task({ Arguments: { FunctionName: name } }) });
    expect(local.calls.map((call) => call.name)).toEqual(['work', 'work', 'work']);
    expect(local.calls[0]?.payload).toEqual({});
  });

  it('answers null for a function that returns nothing', async () => {
    const execution = await newLocal().run({ Work: task({ Output: '{% $states.result.Payload %}' }) });
    expect(await execution.output()).toBeNull();
  });

  it('writes the history that AWS writes', async () => {
    const local = newLocal({ handlers: { work: () => 5 } });
    const execution = await local.run({ Work: task({ TimeoutSeconds: 60, Output: 1 }) }, { input: { a: 1 } });
    const events = await execution.history();
    expect(events.map((e) => [e.id, e.previousEventId, e.type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'TaskStateEntered'],
      [3, 2, 'TaskScheduled'],
      [4, 3, 'TaskStarted'],
      [5, 4, 'TaskSucceeded'],
      [6, 5, 'TaskStateExited'],
      [7, 6, 'ExecutionSucceeded'],
    ]);
    expect(events[0]?.executionStartedEventDetails).toEqual({
      input: '{"a":1}',
      inputDetails: { truncated: false },
      roleArn: 'arn:aws:iam::000000000000:role/test',
    });
    expect(events[2]?.taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: '{"FunctionName":"work","Payload":{"n":1}}',
      timeoutInSeconds: 60,
    });
    expect(events[3]?.taskStartedEventDetails).toEqual({ resourceType: 'lambda', resource: 'invoke' });
    expect(events[5]?.stateExitedEventDetails).toEqual({
      name: 'Work',
      output: '1',
      outputDetails: { truncated: false },
    });
    expect(events[6]?.timestamp).toEqual(new Date(startOfTests));
  });

  it('fails with what the function threw, as Lambda reports it', async () => {
    const execution = await newLocal({ handlers: failing(new TypeError('no such thing')) }).run({
      Work: task(),
    });
    const { status, error, cause } = await execution.describe();
    expect([status, error]).toEqual(['FAILED', 'TypeError']);
    expect(JSON.parse(cause as string)).toEqual({
      errorType: 'TypeError',
      errorMessage: 'no such thing',
      trace: expect.arrayContaining(['TypeError: no such thing']),
    });
    expect((await execution.types()).slice(-2)).toEqual(['TaskFailed', 'ExecutionFailed']);
  });

  it('lets a catcher read the error of the function', async () => {
    const data = JSON.stringify({ step: 'mail', seconds: 30 });
    const local = newLocal({ handlers: failing(new Held(data)) });
    const Catch = [
      {
        ErrorEquals: ['Held'],
        Assign: { held: '{% $parse($parse($states.errorOutput.Cause).errorMessage) %}' },
        Next: 'Aside',
      },
    ];
    const execution = await local.run({
      Work: task({ Catch }),
      Aside: { Type: 'Pass', Output: '{% $held.seconds %}', End: true },
    });
    expect(await execution.output()).toBe(30);
    expect(await execution.types()).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskFailed'],
      ...['TaskStateExited', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'],
    ]);
    const exited = (await execution.history())[5]?.stateExitedEventDetails;
    expect(exited?.assignedVariables).toEqual({ held: data });
  });

  it('names errors of the Lambda service after it', async () => {
    const missing = new AwsError('ResourceNotFoundException', 'Function not found: work', {}, 404);
    const execution = await newLocal({ handlers: failing(missing) }).run({ Work: task() });
    expect(await execution.describe()).toMatchObject({
      error: 'Lambda.ResourceNotFoundException',
      cause: expect.stringContaining('Function not found: work (Service: Lambda, Status Code: 404'),
    });
  });

  it('ignores an answer that comes after the timeout', async () => {
    const answer = Promise.withResolvers<string>();
    const local = newLocal({ handlers: { work: () => answer.promise } });
    const started = local.run({
      Work: task({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }] }),
      Late: caught,
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await local.clock.advanceTo(
      local.clock.now() + 5000,
      () => new Promise((resolve) => setTimeout(resolve, 5)),
    );
    answer.resolve('too late');
    const execution = await started;
    expect(await execution.output()).toEqual({ Error: 'States.Timeout', Cause: '' });
    expect(await execution.types()).toContain('TaskTimedOut');
    expect(await execution.types()).not.toContain('TaskSucceeded');
  });

  it('fails without cause when a timeout is not caught', async () => {
    const local = newLocal();
    const execution = await local.run({ Work: tokenTask({ TimeoutSeconds: 5 }) });
    await local.advance(5);
    const answer = await execution.describe();
    expect(answer).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(answer).not.toHaveProperty('cause');
    const timedOut = (await execution.history()).at(-2);
    expect(timedOut).toMatchObject({
      type: 'TaskTimedOut',
      taskTimedOutEventDetails: { error: 'States.Timeout', resource: 'invoke.waitForTaskToken' },
    });
  });

  it('refuses a result over 256 KiB, past States.ALL', async () => {
    const local = newLocal({ handlers: { work: () => 'x'.repeat(262_144) } });
    const execution = await local.run({
      Work: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }),
      Caught: caught,
    });
    expect(await execution.describe()).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'Work' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });
});

describe('a task on a bare function ARN', () => {
  const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:work';

  it('hands its input over and gets the bare answer, with events of its own', async () => {
    const local = newLocal({ handlers: { work: (input: object) => ({ got: input }) } });
    const execution = await local.run({ Work: { Type: 'Task', Resource, End: true } }, { input: { a: 1 } });
    expect(await execution.output()).toEqual({ got: { a: 1 } });
    expect((await execution.types()).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
    const [scheduled, started] = (await execution.history()).slice(2);
    expect(scheduled?.lambdaFunctionScheduledEventDetails).toMatchObject({
      resource: Resource,
      input: '{"a":1}',
    });
    expect(started).not.toHaveProperty('lambdaFunctionStartedEventDetails');
  });

  it('fails with LambdaFunctionFailed', async () => {
    const local = newLocal({ handlers: failing(new Error('broken')) });
    const execution = await local.run({ Work: { Type: 'Task', Resource, End: true } });
    expect((await execution.types()).at(-2)).toBe('LambdaFunctionFailed');
  });
});

describe('a task on an AWS service', () => {
  const put = (fields: object = {}) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem',
    Arguments: { TableName: 't' },
    End: true,
    ...fields,
  });

  it('names the service, the action and the arguments', async () => {
    const asked: unknown[] = [];
    const local = newLocal({
      aws: async (...call) => {
        asked.push(call);
        return { Attributes: { a: 1 } };
      },
    });
    const execution = await local.run({ Put: put() });
    expect(asked).toEqual([['dynamodb', 'putItem', { TableName: 't' }]]);
    expect(await execution.output()).toEqual({ Attributes: { a: 1 } });
    expect((await execution.history())[2]?.taskScheduledEventDetails).toMatchObject({
      resourceType: 'aws-sdk:dynamodb',
      resource: 'putItem',
    });
  });

  it('fails with the exception as the service integration names it', async () => {
    const failWith = (name: string) =>
      newLocal({ aws: () => Promise.reject(new AwsError(name, 'no')) })
        .run({ Put: put() })
        .then((execution) => execution.describe());
    expect(await failWith('ConditionalCheckFailedException')).toMatchObject({
      error: 'DynamoDb.ConditionalCheckFailedException',
      cause: expect.stringMatching(/^no \(Service: DynamoDb, Status Code: 400, Request ID: [0-9a-f-]{36}\)$/),
    });
    expect(await failWith('TaskTimedOut')).toMatchObject({ error: 'DynamoDb.TaskTimedOutException' });
  });

  it('can wait for its token', async () => {
    let token = '';
    const local = newLocal({
      aws: async (_service, _action, params) => {
        token = (params as { Item: { token: string } }).Item.token;
        return {};
      },
    });
    const execution = await local.run({
      Put: put({
        Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem.waitForTaskToken',
        Arguments: { Item: { token: '{% $states.context.Task.Token %}' } },
      }),
    });
    await local.engine.execute('SendTaskSuccess', { taskToken: token, output: '"done"' });
    await local.engine.idle();
    expect(await execution.output()).toBe('done');
  });
});
