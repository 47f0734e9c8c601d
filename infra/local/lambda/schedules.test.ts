import { expect, test } from 'vitest';
import type { FunctionContext } from '#aws/function-context';
import { defineFunction } from '#aws/function-record';
import { iso } from '#kernel/clock';
import { createVirtualClock } from '../time/clock.ts';
import { createFunctions } from './functions.ts';
import { createSchedules } from './schedules.ts';

const minute = 60_000;
const start = Date.parse('2026-03-01T08:00:00Z');

interface Given {
  fail?: boolean;
  next?: () => string | null;
  mode?: 'real' | 'virtual';
}

const setUp = ({ fail = false, next, mode = 'virtual' }: Given = {}) => {
  const clock = { ...createVirtualClock(start), mode };
  const calls: number[] = [];
  const failures: string[] = [];
  let changes = 0;
  let plans = 0;
  const record = defineFunction({
    name: 'sweep',
    room: 'journeys',
    description: 'x',
    triggers: [{ kind: 'schedule', everyMinutes: 5 }],
    grants: [],
    timeoutSeconds: 5,
    memoryMegabytes: 128,
  });
  const load = async () => ({ createHandler: () => async () => undefined });
  const functions = createFunctions({
    manifest: [{ record, load }],
    contextFor: () => ({}) as FunctionContext,
  });
  const schedules = createSchedules({
    functions,
    clock,
    changes: () => changes,
    plans: () => plans,
    onFailure: (name) => failures.push(name),
    invoke: async () => {
      calls.push((clock.now() - start) / minute);
      if (fail) throw new Error('no');
      return next && { next: next() };
    },
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const pass = (minutes: number) => clock.advanceTo(clock.now() + minutes * minute, settle);
  const plan = () => {
    plans++;
    schedules.wake();
  };
  return { schedules, calls, failures, pass, settle, change: () => changes++, plan };
};

test('the first round is at once, then it comes every so often while something happens', async () => {
  const { schedules, calls, pass, change, settle } = setUp();
  schedules.start();
  await settle();
  for (let i = 0; i < 4; i++) {
    change();
    await pass(5);
  }
  expect(calls).toEqual([0, 5, 10, 15, 20]);
});

test('while nothing happens the rounds on a virtual clock become rare, but never end', async () => {
  const { schedules, calls, pass, change } = setUp();
  schedules.start();
  await pass(30 * 24 * 60);
  expect(calls.length).toBeLessThan(45);
  expect(Math.max(...calls.slice(1).map((at, i) => at - calls[i]!))).toBe(24 * 60);
  change();
  const before = calls.length;
  await pass(24 * 60 + 10);
  expect(calls.length).toBeGreaterThan(before + 1);
});

test('a round that fails is told of, and the next one comes', async () => {
  const { schedules, calls, failures, pass } = setUp({ fail: true });
  schedules.start();
  await pass(6);
  expect(calls.length).toBeGreaterThan(1);
  expect(failures).toEqual(calls.map(() => 'sweep'));
});

test('stops', async () => {
  const { schedules, calls, pass } = setUp();
  schedules.start();
  await pass(1);
  schedules.stop();
  await pass(60);
  expect(calls).toEqual([0]);
});

test('a function that tells when it wants to be called is called then, and soon after something was planned', async () => {
  let due = 600;
  const { schedules, calls, pass, plan } = setUp({
    next: () => (due > (calls.at(-1) ?? 0) ? new Date(start + due * minute).toISOString() : null),
  });
  schedules.start();
  await pass(24 * 60);
  expect(calls).toEqual([0, 600]);
  due = 1_500;
  plan();
  await pass(24 * 60);
  expect(calls).toEqual([0, 600, 1_440, 1_500]);
});

test('on a real clock a function is called sooner than by its rate when it asks for that, once a second at most', async () => {
  const wishes = [iso(start + 90_000), iso(start), iso(start + 60 * minute), null];
  const { schedules, calls, pass } = setUp({ mode: 'real', next: () => wishes.shift() ?? null });
  schedules.start();
  await pass(12);
  expect(calls).toEqual([0, 1.5, 1.5 + 1 / 60, 6.5 + 1 / 60, 11.5 + 1 / 60]);
});
