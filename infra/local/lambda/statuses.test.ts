import { expect, test } from 'vitest';
import type { FunctionContext } from '#aws/function-context';
import { defineFunction } from '#aws/function-record';
import { openDatabase } from '../sqlite/database.ts';
import { createVirtualClock } from '../time/clock.ts';
import { createFunctions } from './functions.ts';
import { createQuarantine } from './quarantine.ts';
import { createStatuses } from './statuses.ts';

const setUp = (work: () => Promise<unknown>) => {
  const record = defineFunction({
    name: 'end-run',
    room: 'journeys',
    description: 'x',
    triggers: [{ kind: 'execution-status', statuses: ['SUCCEEDED', 'FAILED'] }],
    grants: [],
    timeoutSeconds: 5,
    memoryMegabytes: 128,
  });
  const load = async () => ({ createHandler: () => async () => undefined });
  const functions = createFunctions({
    manifest: [{ record, load }],
    contextFor: () => ({}) as FunctionContext,
  });
  const quarantine = createQuarantine(openDatabase(':memory:'), createVirtualClock(0));
  const heard: string[] = [];
  const tell = createStatuses({
    functions,
    quarantine,
    invoke: async (name, event) => {
      heard.push(`${name} ${(event as { id: string }).id}`);
      return work();
    },
  });
  return { heard, quarantine, tell: (id: string, status: string) => tell({ id, detail: { status } }) };
};

test('tells of the changes that a rule asks for', async () => {
  const { heard, tell } = setUp(async () => undefined);
  for (const status of ['RUNNING', 'SUCCEEDED', 'ABORTED', 'FAILED']) await tell(status, status);
  expect(heard).toEqual(['end-run SUCCEEDED', 'end-run FAILED']);
});

test('asks for the event again while the function fails, then parks it', async () => {
  const { heard, quarantine, tell } = setUp(() => Promise.reject(new RangeError('no')));
  for (let i = 0; i < 8; i++) await expect(tell('a', 'FAILED')).rejects.toThrow('no');
  await tell('a', 'FAILED');
  expect(heard).toHaveLength(9);
  expect(quarantine.list()).toMatchObject([
    { functionName: 'end-run', reason: 'RangeError: no', event: { id: 'a' } },
  ]);
});
