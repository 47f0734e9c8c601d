import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Machine } from '#statemachines/compile/asl';
import { walkMachine } from '#statemachines/compile/testing/walk';
import { type Execution, executionOf, newLocal } from './testing/local.ts';

const golden = (id: string): { text: string; asl: Machine } => {
  const file = new URL(`../../../statemachines/compile/golden/${id}.golden.json`, import.meta.url);
  const text = readFileSync(file, 'utf8').replaceAll('$' + '{RunStep}', 'run-step');
  return { text, asl: JSON.parse(text) as Machine };
};

interface Payload {
  run: string;
  do?: string;
  due?: string;
  wait?: string;
  hold?: string;
  token?: string;
}

/** What the contact of a test does: the answer of each step, or that its time runs out. */
type Answers = Record<string, number | 'timeout'>;

class Held extends Error {
  override readonly name = 'Held';
}
class Ended extends Error {
  override readonly name = 'Ended';
}

/** The one function behind every compiled machine, played by a table of answers. */
const play = async (id: string, answers: Answers, before: (payload: Payload) => void = () => {}) => {
  const done: string[] = [];
  const waiting: { step: string; token: string }[] = [];
  const runStep = (payload: Payload) => {
    before(payload);
    if (payload.do) done.push(payload.do);
    if (payload.token) waiting.push({ step: payload.wait ?? '', token: payload.token });
    const answer = answers[payload.do ?? ''] ?? 0;
    return { ...(typeof answer === 'number' && { answer }), ...(payload.due && { seconds: 3600 }) };
  };
  const local = newLocal({ handlers: { 'run-step': runStep } });
  const { stateMachineArn } = await local.engine.execute('CreateStateMachine', {
    ...{ name: id, definition: golden(id).text, roleArn: 'role' },
  });
  const { executionArn } = await local.engine.execute('StartExecution', {
    stateMachineArn,
    name: 'contact-run',
  });
  await local.engine.idle();
  const execution = executionOf(local.engine, executionArn as string);
  const settle = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const answer = answers[next.step];
      if (typeof answer !== 'number') continue;
      const output = JSON.stringify({ Payload: { answer } });
      await local.engine.execute('SendTaskSuccess', { taskToken: next.token, output });
      await local.engine.idle();
    }
  };
  for (let day = 0; day < 30; day++) {
    await settle();
    await local.advance(86_400);
  }
  return { local, execution, done };
};

const entered = async (execution: Execution): Promise<string[]> =>
  (await execution.history()).flatMap((event) => event.stateEnteredEventDetails?.name ?? []);

const ways: [string, Answers][] = [
  ['demo-follow-up', {}],
  ['demo-follow-up', { reaction: 0, size: 0, call: 0 }],
  ['demo-follow-up', { reaction: 0, size: 0, call: 1 }],
  ['demo-follow-up', { reaction: 0, size: 0, call: 'timeout' }],
  ['demo-follow-up', { reaction: 'timeout', 'subject-test': 0, size: -1 }],
  ['demo-follow-up', { reaction: 'timeout', 'subject-test': 1, size: 0, call: 0 }],
  ['increase-engagement', {}],
  ['increase-engagement', { 'engagement-level': 1 }],
  ['increase-engagement', { 'engagement-level': 1, 'last-purchase': 1 }],
  ['increase-engagement', { 'engagement-level': 1, 'last-purchase': 1, 'came-back': 'timeout' }],
  ['increase-engagement', { 'engagement-level': -1 }],
];

describe('a compiled journey', () => {
  it.each(ways)('%s goes the way its compiler foresees, for %j', async (id, answers) => {
    const given: Answers = { reaction: 0, call: 0, 'came-back': 0, ...answers };
    const { execution, local } = await play(id, given);

    const way = walkMachine(golden(id).asl, given);
    expect(await entered(execution)).toEqual(way);
    expect(await execution.output()).toEqual({ how: 'completed' });
    expect(local.engine.usage()).toMatchObject([{ transitions: way.length }]);
  });

  it('that is held waits as long as it is told and does the step once', async () => {
    let held = 0;
    const { execution, done } = await play('demo-follow-up', { reaction: 0, size: -1 }, (payload) => {
      if (payload.do !== 'confirm' || held++ > 0) return;
      throw new Held(JSON.stringify({ step: 'confirm', seconds: 7200, reason: 'quiet hours' }));
    });

    const way = await entered(execution);
    const at = way.indexOf('Thanks, pick a time · reaction');
    expect(way.slice(at, at + 5)).toEqual([
      ...['Thanks, pick a time · reaction', 'Aside', 'Hold', 'Resume', 'Thanks, pick a time · reaction'],
    ]);
    expect(done.filter((step) => step === 'confirm')).toEqual(['confirm']);
    expect(await execution.output()).toEqual({ how: 'completed' });
  });

  it('that was ended meanwhile comes to its quiet end', async () => {
    const { execution } = await play('increase-engagement', {}, () => {
      throw new Ended('the goal was reached');
    });
    expect(await execution.output()).toEqual({ how: 'ended' });
    expect(await execution.describe()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('whose function never works is retried 110 times, for about a day, and then fails with its error', async () => {
    const { execution, local } = await play('increase-engagement', {}, () => {
      throw new TypeError('broken');
    });
    expect(local.calls.length).toBe(111);
    expect(await execution.describe()).toMatchObject({ status: 'FAILED', error: 'TypeError' });
  });
});
