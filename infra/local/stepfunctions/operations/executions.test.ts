import { describe, expect, it } from 'vitest';
import { type Local, newLocal, refusalOf, role, startOfTests, tokenTask } from '../testing/local.ts';

const waiting = { QueryLanguage: 'JSONata', StartAt: 'Ask', States: { Ask: tokenTask() } };
const instant = {
  QueryLanguage: 'JSONata',
  StartAt: 'End',
  States: { End: { Type: 'Succeed', Output: '{% $states.input %}' } },
};

const newMachine = async (definition: object, local: Local = newLocal()) => {
  const { stateMachineArn } = await local.engine.execute('CreateStateMachine', {
    name: 'machine',
    definition: JSON.stringify(definition),
    roleArn: role,
  });
  const arn = stateMachineArn as string;
  const start = (fields: object = {}) =>
    local.engine.execute('StartExecution', { stateMachineArn: arn, ...fields });
  return { local, engine: local.engine, arn, start };
};

describe('StartExecution', () => {
  it('names the execution after the machine and answers when it started', async () => {
    const { start } = await newMachine(instant);
    expect(await start({ name: 'run-1' })).toEqual({
      executionArn: 'arn:aws:states:us-east-1:000000000000:execution:machine:run-1',
      startDate: new Date(startOfTests),
    });
  });

  it('makes up a name', async () => {
    const { start } = await newMachine(instant);
    expect((await start()).executionArn).toMatch(/:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('is the same start for the same name and input while it runs', async () => {
    const { local, start } = await newMachine(waiting);
    const first = await start({ name: 'once', input: '{"a":1}' });
    await local.advance(5);
    expect(await start({ name: 'once', input: '{"a":1}' })).toEqual(first);
    await local.engine.idle();
    expect(local.calls.length).toBe(1);
  });

  it('is the same start when both come at the same moment', async () => {
    const { local, start } = await newMachine(waiting);
    await Promise.all([start({ name: 'once' }), start({ name: 'once' }), start({ name: 'once' })]);
    await local.engine.idle();
    expect(local.calls.length).toBe(1);
  });

  it('refuses the name with another input, or once it has ended', async () => {
    const running = await newMachine(waiting);
    await running.start({ name: 'once', input: '{"a":1}' });
    const refused = await refusalOf(running.start({ name: 'once', input: '{"a":2}' }));
    expect(refused).toEqual({
      name: 'ExecutionAlreadyExists',
      message: "Execution Already Exists: 'arn:aws:states:us-east-1:000000000000:execution:machine:once'",
    });
    const ended = await newMachine(instant);
    await ended.start({ name: 'once' });
    await ended.engine.idle();
    expect(await refusalOf(ended.start({ name: 'once' }))).toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it('frees the name 90 days after the end', async () => {
    const { local, start } = await newMachine(instant);
    await start({ name: 'once' });
    await local.advance(90 * 86_400 - 1);
    expect(await refusalOf(start({ name: 'once' }))).toMatchObject({ name: 'ExecutionAlreadyExists' });
    await local.advance(1);
    expect(await refusalOf(start({ name: 'once' }))).toMatchObject({ name: 'no refusal' });
  });

  it('refuses names that AWS refuses', async () => {
    const { start } = await newMachine(instant);
    for (const name of ['a b', 'a/b', 'a:b', 'a*', '{a}', 'a\u0007', 'x'.repeat(81)])
      expect(await refusalOf(start({ name }))).toMatchObject({ name: 'InvalidName' });
    expect(await refusalOf(start({ name: 'x'.repeat(80) }))).toMatchObject({ name: 'no refusal' });
  });

  it('refuses an input that is no JSON or too large', async () => {
    const { start } = await newMachine(instant);
    for (const input of ['', 'not json', `"${'x'.repeat(262_144)}"`])
      expect(await refusalOf(start({ input }))).toMatchObject({ name: 'InvalidExecutionInput' });
  });

  it('refuses machines that are not there and texts that are no ARN', async () => {
    const { start, arn } = await newMachine(instant);
    expect(await refusalOf(start({ stateMachineArn: `${arn}x` }))).toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    expect(await refusalOf(start({ stateMachineArn: `${arn}:7` }))).toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    expect(await refusalOf(start({ stateMachineArn: 'machine' }))).toEqual({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Invalid ARN prefix: machine'",
    });
    expect(await refusalOf(start({ stateMachineArn: undefined }))).toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('DescribeExecution', () => {
  it('tells the input, the output and the times', async () => {
    const { engine, start, arn } = await newMachine(instant);
    const { executionArn } = await start({ name: 'run-1', input: '{ "a": 1 }' });
    await engine.idle();
    expect(await engine.execute('DescribeExecution', { executionArn })).toEqual({
      executionArn,
      stateMachineArn: arn,
      name: 'run-1',
      status: 'SUCCEEDED',
      startDate: new Date(startOfTests),
      stopDate: new Date(startOfTests),
      input: '{ "a": 1 }',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  it('refuses executions that are not there', async () => {
    const { engine, arn } = await newMachine(instant);
    const executionArn = `${arn.replace('stateMachine', 'execution')}:none`;
    expect(await refusalOf(engine.execute('DescribeExecution', { executionArn }))).toEqual({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${executionArn}'`,
    });
    expect(await refusalOf(engine.execute('DescribeExecution', { executionArn: arn }))).toMatchObject({
      name: 'InvalidArn',
    });
  });
});

describe('StopExecution', () => {
  it('ends a waiting execution as ABORTED, with error and cause', async () => {
    const { engine, start } = await newMachine(waiting);
    const { executionArn } = await start();
    await engine.idle();
    const answer = await engine.execute('StopExecution', { executionArn, error: 'Enough', cause: 'said so' });
    expect(answer).toEqual({ stopDate: new Date(startOfTests) });
    expect(await engine.execute('DescribeExecution', { executionArn })).toMatchObject({
      ...{ status: 'ABORTED', error: 'Enough', cause: 'said so', redriveStatus: 'REDRIVABLE' },
    });
    const { events } = await engine.execute('GetExecutionHistory', { executionArn });
    expect(events?.at(-1)).toMatchObject({
      ...{ type: 'ExecutionAborted', previousEventId: 0 },
      executionAbortedEventDetails: { error: 'Enough', cause: 'said so' },
    });
  });

  it('does not wait for a call in flight, whose answer is lost', async () => {
    const answer = Promise.withResolvers<void>();
    const { engine, start, local } = await newMachine(
      { ...instant, States: { End: tokenTask() } },
      newLocal({ handlers: { work: () => answer.promise } }),
    );
    const { executionArn } = await start();
    while (local.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await engine.execute('StopExecution', { executionArn });
    answer.resolve();
    await engine.idle();
    expect(await engine.execute('DescribeExecution', { executionArn })).toMatchObject({ status: 'ABORTED' });
  });

  it('of an execution that has not moved yet leaves a whole history', async () => {
    const { engine, start } = await newMachine(waiting);
    const { executionArn } = await start();
    await engine.execute('StopExecution', { executionArn });
    await engine.idle();
    const { events } = await engine.execute('GetExecutionHistory', { executionArn });
    expect(events?.map((event) => event.type)).toEqual(['ExecutionStarted', 'ExecutionAborted']);
  });

  it('leaves an ended execution as it is', async () => {
    const { engine, start, local } = await newMachine(instant);
    const { executionArn } = await start();
    await engine.idle();
    await local.advance(60);
    const answer = await engine.execute('StopExecution', { executionArn });
    expect(answer.stopDate).toEqual(new Date(startOfTests));
    expect(await engine.execute('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
    });
  });
});

describe('ListExecutions', () => {
  it('lists the latest first, in pages, by status', async () => {
    const { engine, start, arn } = await newMachine(waiting);
    for (const name of ['a', 'b', 'c']) await start({ name });
    await engine.idle();
    const page = (fields: object) => engine.execute('ListExecutions', { stateMachineArn: arn, ...fields });
    const first = await page({ maxResults: 2 });
    expect(first.executions?.map((e) => e.name)).toEqual(['c', 'b']);
    const second = await page({ maxResults: 2, nextToken: first.nextToken });
    expect(second.executions?.map((e) => e.name)).toEqual(['a']);
    expect(second).not.toHaveProperty('nextToken');
    await engine.execute('StopExecution', { executionArn: first.executions?.[1]?.executionArn as string });
    expect((await page({ statusFilter: 'ABORTED' })).executions?.map((e) => e.name)).toEqual(['b']);
  });

  it('refuses pages and filters that AWS refuses', async () => {
    const { engine, arn } = await newMachine(instant);
    const refused = (fields: object) =>
      refusalOf(engine.execute('ListExecutions', { stateMachineArn: arn, ...fields } as never));
    expect(await refused({ maxResults: 1001 })).toEqual({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: " +
        'Member must have value less than or equal to 1000',
    });
    expect(await refused({ statusFilter: 'succeeded' })).toMatchObject({ name: 'ValidationException' });
    expect(await refused({ nextToken: 'nonsense' })).toMatchObject({ name: 'InvalidToken' });
    expect(await refused({ stateMachineArn: `${arn}x` })).toMatchObject({ name: 'StateMachineDoesNotExist' });
  });
});

describe('GetExecutionHistory', () => {
  it('goes backwards and in pages', async () => {
    const { engine, start } = await newMachine(instant);
    const { executionArn } = await start();
    await engine.idle();
    const page = (fields: object) => engine.execute('GetExecutionHistory', { executionArn, ...fields });
    const first = await page({ reverseOrder: true, maxResults: 3 });
    expect(first.events?.map((event) => event.id)).toEqual([4, 3, 2]);
    const second = await page({ reverseOrder: true, maxResults: 3, nextToken: first.nextToken });
    expect(second.events?.map((event) => event.id)).toEqual([1]);
  });

  it('leaves payloads out when told so', async () => {
    const { engine, start } = await newMachine(instant);
    const { executionArn } = await start();
    await engine.idle();
    const { events } = await engine.execute('GetExecutionHistory', {
      executionArn,
      includeExecutionData: false,
    });
    expect(events?.[1]?.stateEnteredEventDetails).toEqual({ name: 'End' });
  });
});

describe('operations that are not there', () => {
  it('are refused by name', async () => {
    const { engine } = newLocal();
    expect(await refusalOf(engine.execute('RedriveExecution', {}))).toMatchObject({
      name: 'UnknownOperationException',
    });
    expect(await refusalOf(engine.execute('constructor', {}))).toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
