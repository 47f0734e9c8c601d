import { expect, test } from 'vitest';
import type { FunctionContext } from '#aws/function-context';
import { defineFunction } from '#aws/function-record';
import { Held } from '#kernel/errors';
import { createFunctions } from './functions.ts';

const setUp = (
  work: (event: never, context: { getRemainingTimeInMillis(): number }) => unknown,
  timeoutSeconds = 5,
) => {
  const made: FunctionContext[] = [];
  const record = defineFunction({
    name: 'run-step',
    room: 'journeys',
    description: 'x',
    triggers: [{ kind: 'machine' }, { kind: 'schedule', everyMinutes: 5 }],
    grants: [],
    timeoutSeconds,
    memoryMegabytes: 128,
  });
  const load = async () => ({
    createHandler: (context: FunctionContext) => {
      made.push(context);
      return async (event: unknown, second: unknown) => work(event as never, second as never);
    },
  });
  const context = {} as FunctionContext;
  const functions = createFunctions({
    manifest: [{ record, load }],
    contextFor: () => context,
    prefix: 'wayleaf-acme-',
  });
  return { functions, made };
};

test('a function is found by its name, its physical name and its ARN, and made once', async () => {
  const { functions, made } = setUp((event) => event);
  const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:wayleaf-acme-run-step';
  for (const name of ['run-step', 'wayleaf-acme-run-step', arn])
    expect(await functions.invoke(name, { a: 1 })).toEqual({ a: 1 });
  expect(made).toHaveLength(1);
  await expect(functions.invoke('nobody', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('event and answer are what JSON leaves of them', async () => {
  const given = { when: new Date(0), gone: undefined, list: [1] };
  const { functions } = setUp((event: typeof given) => {
    event.list.push(2);
    return { ...event, f: () => 1 };
  });
  expect(await functions.invoke('run-step', given)).toEqual({
    when: '1970-01-01T00:00:00.000Z',
    list: [1, 2],
  });
  expect(given.list).toEqual([1]);
});

test('an error keeps its type, its text and its trace', async () => {
  const { functions } = setUp(() => Promise.reject(new Held('welcome', 60, 'quiet-hours')));
  const failure = await functions.invoke('run-step', {}).catch((error) => error.payload);
  expect(failure).toEqual({
    errorType: 'Held',
    errorMessage: '{"step":"welcome","seconds":60,"reason":"quiet-hours"}',
    trace: expect.arrayContaining([expect.stringContaining('functions.test.ts')]),
  });
});

test('a function that takes too long is given up, as Lambda does', async () => {
  const { functions } = setUp(() => new Promise(() => {}), 0.02);
  await expect(functions.invoke('run-step', {})).rejects.toMatchObject({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringContaining('Task timed out after 0.02 seconds'),
  });
});

test('a function knows how much time it has left', async () => {
  const { functions } = setUp((_event, context) => context.getRemainingTimeInMillis());
  expect(await functions.invoke('run-step', {})).toBeGreaterThan(4_000);
});

test('functions are found by what triggers them', () => {
  const { functions } = setUp(() => undefined);
  expect(functions.triggeredBy('schedule')).toMatchObject([
    { record: { name: 'run-step' }, trigger: { everyMinutes: 5 } },
  ]);
  expect(functions.triggeredBy('http')).toEqual([]);
});

test('idle waits for what is under way', async () => {
  let finish = () => {};
  const { functions } = setUp(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  await functions.idle();
  const call = functions.invoke('run-step', {});
  await new Promise((resolve) => setTimeout(resolve, 5));
  let quiet = false;
  const idle = functions.idle().then(() => {
    quiet = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(quiet).toBe(false);
  finish();
  await Promise.all([call, idle]);
});
