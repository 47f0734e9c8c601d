import { describe, expect, it } from 'vitest';
import { executionOf, newLocal, refusalOf, role, startOfTests, tokenTask } from '../testing/local.ts';

const text = (Comment: string, States: object = { End: { Type: 'Pass', Output: Comment, End: true } }) =>
  JSON.stringify({ Comment, QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0], States });

const arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';

const newService = () => {
  const local = newLocal();
  const { engine } = local;
  const create = (definition: string, fields: object = {}) =>
    engine.execute('CreateStateMachine', { name: 'machine', definition, roleArn: role, ...fields });
  const update = (fields: object) =>
    engine.execute('UpdateStateMachine', { stateMachineArn: arn, ...fields });
  const start = async (stateMachineArn: string) => {
    const { executionArn } = await engine.execute('StartExecution', { stateMachineArn });
    await engine.idle();
    return executionOf(engine, executionArn as string);
  };
  return { local, engine, create, update, start };
};

describe('CreateStateMachine', () => {
  it('makes a machine that can be described', async () => {
    const { engine, create } = newService();
    expect(await create(text('one'))).toEqual({ stateMachineArn: arn, creationDate: new Date(startOfTests) });
    expect(await engine.execute('DescribeStateMachine', { stateMachineArn: arn })).toEqual({
      stateMachineArn: arn,
      name: 'machine',
      status: 'ACTIVE',
      definition: text('one'),
      roleArn: role,
      type: 'STANDARD',
      creationDate: new Date(startOfTests),
      loggingConfiguration: { includeExecutionData: false, level: 'OFF' },
      tracingConfiguration: { enabled: false },
    });
  });

  it('gives the same answer to the same request, with another role too', async () => {
    const { local, create } = newService();
    const first = await create(text('one'));
    await local.advance(60);
    expect(await create(text('one'), { roleArn: 'arn:aws:iam::000000000000:role/other' })).toEqual(first);
  });

  it('refuses another definition under the same name, even one that only looks different', async () => {
    const { create } = newService();
    await create(text('one'));
    expect(await refusalOf(create(text('two')))).toMatchObject({ name: 'StateMachineAlreadyExists' });
    expect(await refusalOf(create(`${text('one')} `))).toMatchObject({ name: 'StateMachineAlreadyExists' });
  });

  it('publishes a first version when asked', async () => {
    const { engine, create } = newService();
    const made = await create(text('one'), { publish: true, versionDescription: 'first' });
    expect(made.stateMachineVersionArn).toBe(`${arn}:1`);
    expect((await create(text('one'), { publish: true })).stateMachineVersionArn).toBe(`${arn}:1`);
    expect(await engine.execute('DescribeStateMachine', { stateMachineArn: `${arn}:1` })).toMatchObject({
      stateMachineArn: `${arn}:1`,
      description: 'first',
    });
  });

  it('refuses what AWS refuses', async () => {
    const { create } = newService();
    expect(await refusalOf(create('{}'))).toEqual({
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt, States] at /'",
    });
    expect(await refusalOf(create(text('one'), { name: 'a b' }))).toMatchObject({ name: 'InvalidName' });
    expect(await refusalOf(create(text('one'), { type: 'EXPRESS' }))).toMatchObject({
      name: 'StateMachineTypeNotSupported',
    });
    expect(await refusalOf(create(text('one'), { versionDescription: 'x' }))).toEqual({
      name: 'ValidationException',
      message: 'Version description can only be set when publish is true',
    });
  });
});

describe('UpdateStateMachine', () => {
  it('gives a new revision only when something changes', async () => {
    const { create, update } = newService();
    await create(text('one'));
    expect(await update({ definition: text('one') })).not.toHaveProperty('revisionId');
    const { revisionId } = await update({ definition: text('two') });
    expect((await update({ definition: text('two') })).revisionId).toBe(revisionId);
    expect((await update({ roleArn: 'arn:aws:iam::000000000000:role/other' })).revisionId).not.toBe(
      revisionId,
    );
  });

  it('leaves running executions on the definition they started with', async () => {
    const { engine, local, create, update, start } = newService();
    const two = (Output: string) =>
      text('two', { Ask: tokenTask({ End: undefined, Next: 'End' }), End: { Type: 'Succeed', Output } });
    await create(two('old'));
    const execution = await start(arn);
    await update({ definition: two('new') });
    await engine.execute('SendTaskSuccess', {
      taskToken: local.calls[0]?.payload.token as string,
      output: '1',
    });
    await engine.idle();
    expect(await execution.output()).toBe('old');
  });

  it('refuses to change nothing, what is not there, and bad definitions', async () => {
    const { create, update } = newService();
    expect(await refusalOf(update({ roleArn: role }))).toMatchObject({ name: 'StateMachineDoesNotExist' });
    await create(text('one'));
    expect(await refusalOf(update({}))).toMatchObject({ name: 'MissingRequiredParameter' });
    expect(await refusalOf(update({ definition: '{' }))).toMatchObject({ name: 'InvalidDefinition' });
    expect(await refusalOf(update({ stateMachineArn: `${arn}:1`, roleArn: role }))).toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });
});

describe('versions', () => {
  it('are numbered upwards, one for each revision, never again after deletion', async () => {
    const { engine, create, update } = newService();
    await create(text('one'), { publish: true });
    const publish = () => engine.execute('PublishStateMachineVersion', { stateMachineArn: arn });
    expect((await publish()).stateMachineVersionArn).toBe(`${arn}:1`);
    expect((await update({ definition: text('two'), publish: true })).stateMachineVersionArn).toBe(
      `${arn}:2`,
    );
    await engine.execute('DeleteStateMachineVersion', { stateMachineVersionArn: `${arn}:2` });
    expect((await publish()).stateMachineVersionArn).toBe(`${arn}:3`);
    const { stateMachineVersions } = await engine.execute('ListStateMachineVersions', {
      stateMachineArn: arn,
    });
    expect(stateMachineVersions?.map((v) => v.stateMachineVersionArn)).toEqual([`${arn}:3`, `${arn}:1`]);
  });

  it('run the definition they were published with', async () => {
    const { create, update, start } = newService();
    await create(text('one'), { publish: true });
    await update({ definition: text('two') });
    const old = await start(`${arn}:1`);
    expect(await old.output()).toBe('one');
    expect(await old.describe()).toMatchObject({ stateMachineArn: arn, stateMachineVersionArn: `${arn}:1` });
    expect(await (await start(arn)).output()).toBe('two');
    expect((await old.history())[0]?.executionStartedEventDetails?.stateMachineVersionArn).toBe(`${arn}:1`);
  });

  it('run on in their executions after they were deleted', async () => {
    const { engine, local, create, start } = newService();
    await create(text('one', { Ask: tokenTask() }), { publish: true });
    const execution = await start(`${arn}:1`);
    await engine.execute('DeleteStateMachineVersion', { stateMachineVersionArn: `${arn}:1` });
    expect(await refusalOf(start(`${arn}:1`))).toMatchObject({ name: 'StateMachineDoesNotExist' });
    await engine.execute('SendTaskSuccess', {
      taskToken: local.calls[0]?.payload.token as string,
      output: '7',
    });
    await engine.idle();
    expect(await execution.output()).toBe(7);
  });

  it('are refused for a revision that is not the present one', async () => {
    const { engine, create } = newService();
    await create(text('one'));
    const publish = (revisionId: string) =>
      engine.execute('PublishStateMachineVersion', { stateMachineArn: arn, revisionId });
    expect(await refusalOf(publish('another'))).toMatchObject({ name: 'ConflictException' });
    expect(await refusalOf(publish('INITIAL'))).toMatchObject({ name: 'no refusal' });
  });

  it('list the executions that were started through them', async () => {
    const { engine, create, start } = newService();
    await create(text('one'), { publish: true });
    await start(arn);
    const through = await start(`${arn}:1`);
    const { executions } = await engine.execute('ListExecutions', { stateMachineArn: `${arn}:1` });
    expect(executions?.map((e) => e.executionArn)).toEqual([through.arn]);
  });
});

describe('aliases', () => {
  const route = (number: number, weight = 100) => ({ stateMachineVersionArn: `${arn}:${number}`, weight });
  const withVersions = async () => {
    const service = newService();
    await service.create(text('one'), { publish: true });
    await service.update({ definition: text('two'), publish: true });
    const alias = (routingConfiguration: object[], fields: object = {}) =>
      service.engine.execute('CreateStateMachineAlias', {
        name: 'live',
        routingConfiguration,
        ...fields,
      } as never);
    return { ...service, alias };
  };

  it('start the version they route to', async () => {
    const { alias, start, engine } = await withVersions();
    const { stateMachineAliasArn } = (await alias([route(1)])) as { stateMachineAliasArn: string };
    expect(stateMachineAliasArn).toBe(`${arn}:live`);
    const first = await start(stateMachineAliasArn);
    expect(await first.output()).toBe('one');
    expect(await first.describe()).toMatchObject({
      stateMachineAliasArn,
      stateMachineVersionArn: `${arn}:1`,
    });
    await engine.execute('UpdateStateMachineAlias', {
      stateMachineAliasArn,
      routingConfiguration: [route(2)],
    });
    expect(await (await start(stateMachineAliasArn)).output()).toBe('two');
    const { executions } = await engine.execute('ListExecutions', { stateMachineArn: stateMachineAliasArn });
    expect(executions?.length).toBe(2);
  });

  it('share executions between two versions by weight', async () => {
    const { alias, start } = await withVersions();
    await alias([route(1, 40), route(2, 60)]);
    const counts: Record<string, number> = {};
    for (let i = 0; i < 40; i++) {
      const output = String(await (await start(`${arn}:live`)).output());
      counts[output] = (counts[output] ?? 0) + 1;
    }
    expect(counts.one).toBeGreaterThan(8);
    expect(counts.two).toBeGreaterThan(counts.one as number);
  });

  it('are described as they were given', async () => {
    const { alias, engine } = await withVersions();
    await alias([route(1, 40), route(2, 60)], { description: 'canary' });
    expect(
      await engine.execute('DescribeStateMachineAlias', { stateMachineAliasArn: `${arn}:live` }),
    ).toEqual({
      stateMachineAliasArn: `${arn}:live`,
      name: 'live',
      description: 'canary',
      routingConfiguration: [route(1, 40), route(2, 60)],
      creationDate: new Date(startOfTests),
      updateDate: new Date(startOfTests),
    });
  });

  it('refuse routes that are wrong', async () => {
    const { alias } = await withVersions();
    const refused = async (...routes: object[]) => (await refusalOf(alias(routes))).message;
    expect(await refused()).toContain('one or two');
    expect(await refused(route(1, 70), route(2, 29))).toContain('must equal 100. Received: [70, 29]');
    expect(await refused(route(1, 50), route(1, 50))).toContain('distinct');
    expect(await refused({ stateMachineVersionArn: arn, weight: 100 })).toContain(
      'must contain state machine version',
    );
    expect(await refused(route(9))).toContain('does not exist');
  });

  it('refuse names that look like versions, and other routes under the same name', async () => {
    const { alias } = await withVersions();
    for (const name of ['123', 'a b', 'x'.repeat(81)])
      expect(await refusalOf(alias([route(1)], { name }))).toMatchObject({ name: 'ValidationException' });
    await alias([route(1)]);
    expect(await refusalOf(alias([route(1)]))).toMatchObject({ name: 'no refusal' });
    expect(await refusalOf(alias([route(2)]))).toMatchObject({ name: 'ConflictException' });
  });

  it('keep their versions from being deleted', async () => {
    const { alias, engine } = await withVersions();
    await alias([route(1)]);
    const remove = () => engine.execute('DeleteStateMachineVersion', { stateMachineVersionArn: `${arn}:1` });
    expect(await refusalOf(remove())).toEqual({
      name: 'ConflictException',
      message:
        'Version to be deleted must not be referenced by an alias. ' +
        'Current list of aliases referencing this version: [live]',
    });
    await engine.execute('DeleteStateMachineAlias', { stateMachineAliasArn: `${arn}:live` });
    expect(await refusalOf(remove())).toMatchObject({ name: 'no refusal' });
  });
});

describe('DeleteStateMachine', () => {
  it('is gone at once when nothing runs, with its versions', async () => {
    const { engine, create } = newService();
    await create(text('one'), { publish: true });
    await engine.execute('DeleteStateMachine', { stateMachineArn: arn });
    for (const stateMachineArn of [arn, `${arn}:1`])
      expect(await refusalOf(engine.execute('DescribeStateMachine', { stateMachineArn }))).toMatchObject({
        name: 'StateMachineDoesNotExist',
      });
    expect(await engine.execute('DeleteStateMachine', { stateMachineArn: arn })).toEqual({});
  });

  it('ends its executions at their next transition, and goes with the last of them', async () => {
    const { engine, local, create, start } = newService();
    await create(text('one', { Ask: tokenTask({ End: undefined, Next: 'End' }), End: { Type: 'Succeed' } }));
    const execution = await start(arn);
    await engine.execute('DeleteStateMachine', { stateMachineArn: arn });
    expect(await execution.describe()).toMatchObject({ status: 'RUNNING' });
    expect(await engine.execute('DescribeStateMachine', { stateMachineArn: arn })).toMatchObject({
      status: 'DELETING',
    });
    expect(await refusalOf(start(arn))).toMatchObject({ name: 'StateMachineDeleting' });
    expect(await refusalOf(create(text('one')))).toMatchObject({ name: 'StateMachineDeleting' });
    await engine.execute('SendTaskSuccess', {
      taskToken: local.calls[0]?.payload.token as string,
      output: '1',
    });
    await engine.idle();
    expect(await execution.describe()).toMatchObject({ status: 'ABORTED' });
    expect(await refusalOf(engine.execute('DescribeStateMachine', { stateMachineArn: arn }))).toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });
});

describe('ListStateMachines', () => {
  it('goes in pages', async () => {
    const { engine, create } = newService();
    for (const name of ['a', 'b', 'c']) await create(text(name), { name });
    const first = await engine.execute('ListStateMachines', { maxResults: 2 });
    expect(first.stateMachines?.map((m) => m.name)).toEqual(['a', 'b']);
    const second = await engine.execute('ListStateMachines', { maxResults: 2, nextToken: first.nextToken });
    expect(second.stateMachines?.map((m) => m.name)).toEqual(['c']);
  });
});
