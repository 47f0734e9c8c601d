import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionContext } from '#aws/function-context';
import type { Step } from '#statemachines/document/schema';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, pause } from '#test/builders/journeys';
import type { Lifetime } from '../services.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
const open = async (lifetime: Partial<Lifetime>) => {
  stage = await openStage(undefined, {
    'run-step': { record, createHandler: (context: FunctionContext) => createHandler(context, lifetime) },
  });
};
afterEach(() => stage.close());

const loop = (atMost: number): Step[] => [
  email('reminder'),
  pause('a-day', '1 day'),
  { id: 'again', type: 'goto', step: 'reminder', atMost },
  email('last'),
];

interface Listed {
  executions: { name: string; status: string; executionArn: string }[];
}
const listed = async () => {
  const { settings, client } = stage;
  const arn = `arn:aws:states:${client.region}:${client.account}:stateMachine:${settings.machinePrefix}a-journey`;
  const page = await stage.stepFunctions.execute('ListExecutions', { stateMachineArn: arn });
  return (page as Listed).executions;
};
const executions = async () =>
  (await listed()).map(({ name, status }) => `${name.slice(41)} ${status}`.trim()).sort();

describe('a run whose history grows long', () => {
  // Four steps: two rounds come to 200 events.
  beforeEach(() => open({ events: 200 }));

  it('goes on in a new execution every few rounds, and nobody notices', async () => {
    const ada = await stage.enter(loop(6));
    await stage.advance('30 days');
    const { sends, runs } = await stage.items(ada);
    expect(await executions()).toEqual(['-2 SUCCEEDED', '-3 SUCCEEDED', '-4 SUCCEEDED', 'SUCCEEDED']);
    expect(stage.outbox()).toHaveLength(8);
    expect(
      sends
        .filter(({ step }) => step === 'reminder')
        .map(({ visit }) => visit)
        .sort(),
    ).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(runs).toMatchObject([{ status: 'ended', ended: { how: 'completed' }, loops: { again: 6 } }]);
  });

  it('sends each mail once when every call is made twice, by both executions', async () => {
    const invoke = new Set<string>();
    stage.sabotage.after = async (service, operation, input) => {
      const { name } = input as { name?: string };
      if (service !== 'sfn' || operation !== 'StartExecution' || !name || invoke.has(name)) return;
      invoke.add(name);
      await stage.services.sfn('StartExecution', input, undefined as never).catch(() => undefined);
    };
    await stage.enter(loop(6));
    await stage.advance('30 days');
    expect(stage.outbox()).toHaveLength(8);
    expect(new Set(stage.outbox().map(({ sendId }) => sendId)).size).toBe(8);
  });

  it.each(['before', 'after'] as const)(
    'is started all the same when the function falls %s the start of the next execution',
    async (when) => {
      let falls = 1;
      stage.sabotage[when] = (service, operation, input) => {
        const { name = '' } = input as { name?: string };
        if (service !== 'sfn' || operation !== 'StartExecution' || !name.endsWith('-2') || falls-- <= 0)
          return;
        throw new Error('gone');
      };
      const ada = await stage.enter(loop(3));
      await stage.advance('30 days');
      expect((await stage.items(ada)).runs).toMatchObject([{ status: 'ended', execution: { number: 2 } }]);
      expect(stage.outbox()).toHaveLength(5);
    },
  );

  it('tells a call of the execution that was left that it is over', async () => {
    const ada = await stage.enter(loop(6));
    await stage.advance('5 days');
    const run = (await stage.items(ada)).runs[0]!.id;
    await expect(stage.invoke('run-step', { run, do: 'last', visit: 9 })).rejects.toThrow(
      'another execution',
    );
    expect(stage.outbox().length).toBeLessThan(8);
  });
});

describe('a history', () => {
  const question = (id: string): Step => ({
    ...{ id, type: 'decide', question: 'Known?', otherwise: { steps: [] } },
    branches: [{ answer: 'Yes', if: { tag: 'known' }, steps: [pause(`${id}-rest`)] }],
  });
  /** Events of the longest execution. */
  const longest = async (): Promise<number> => {
    const lengths = (await listed()).map(async ({ executionArn }) => {
      const page = await stage.stepFunctions.execute('GetExecutionHistory', {
        executionArn,
        maxResults: 1_000,
      });
      return (page as { events: unknown[] }).events.length;
    });
    return Math.max(...(await Promise.all(lengths)));
  };

  it('stays below what is reckoned, with holds and calls that fall in every round', async () => {
    await open({ events: 900 });
    let calls = 0;
    stage.sabotage.before = (service, operation) => {
      if (service === 'dynamodb' && operation === 'BatchGetItem' && ++calls % 7 === 0)
        throw new Error('gone');
    };
    const quietHours = { from: '12:00', to: '11:00' };
    await stage.enter(
      [
        pause('a-day', '1 day'),
        ...['a', 'b', 'c', 'd'].map(question),
        email('mail'),
        { id: 'again', type: 'goto', step: 'a-day', atMost: 12 },
      ],
      {
        sending: { class: 'transactional', quietHours },
      },
    );
    await stage.advance('30 days');
    expect(stage.outbox()).toHaveLength(13);
    expect((await listed()).length).toBeGreaterThan(3);
    expect(await longest()).toBeLessThan(900);
  });
});

describe('a run of more than a year', () => {
  it('goes on in a new execution before a wait that would not end in time', async () => {
    await open({});
    const ada = await stage.enter([
      pause('first', '200 days'),
      email('middle'),
      pause('second', '250 days'),
      email('end'),
    ]);
    await stage.advance('200 days');
    expect(stage.outbox()).toHaveLength(1);
    expect(await executions()).toEqual(['-2 RUNNING', 'SUCCEEDED']);
    await stage.advance('249 days');
    expect(stage.outbox()).toHaveLength(1);
    await stage.advance('2 days');
    expect(stage.outbox()).toHaveLength(2);
    expect((await stage.items(ada)).runs).toMatchObject([{ ended: { how: 'completed' } }]);
  });

  it('waits for the rest of a wait during which its year was over', async () => {
    await open({});
    const ada = await stage.enter([pause('short', '20 days'), pause('year', '365 days'), email('end')]);
    await stage.advance('384 days');
    expect(await executions()).toEqual(['-2 RUNNING', 'TIMED_OUT']);
    expect(stage.outbox()).toHaveLength(0);
    await stage.advance('2 days');
    expect(stage.outbox()).toHaveLength(1);
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'ended', ended: { how: 'completed' } }]);
  });

  it('hears in the new execution what it waits for, and takes the branch', async () => {
    await open({});
    const ada = await stage.enter([
      pause('short', '20 days'),
      {
        ...{ id: 'order', type: 'waitFor', atMost: '360 days', otherwise: { steps: [] } },
        branches: [{ answer: 'Ordered', on: { event: 'Order Completed' }, steps: [email('thanks')] }],
      } as Step,
    ]);
    await stage.advance('370 days');
    await stage.event(ada, { name: 'Order Completed' });
    await stage.settle();
    expect(stage.outbox()).toHaveLength(1);
    expect((await stage.items(ada)).runs).toMatchObject([{ ended: { how: 'completed' } }]);
  });

  it('asks a colleague once, though the answer is awaited in two executions', async () => {
    await open({});
    const ada = await stage.enter([
      pause('short', '20 days'),
      {
        ...{
          id: 'call',
          type: 'task',
          team: 'sales',
          title: 'Call',
          outcomes: ['reached'],
          atMost: '360 days',
        },
        ...{ branches: [{ answer: 'reached', steps: [email('thanks')] }], otherwise: { steps: [] } },
      } as Step,
    ]);
    await stage.advance('370 days');
    expect(await executions()).toEqual(['-2 RUNNING', 'TIMED_OUT']);
    expect((await stage.items(ada)).steps.find(({ step }) => step === 'call')).toMatchObject({
      outcome: 'waiting',
    });
    const task = { run: (await stage.items(ada)).runs[0]!.id, step: 'call', visit: 1, outcome: 'reached' };
    await stage.event(ada, { type: 'task', name: 'Task Answered', task });
    await stage.settle();
    expect(stage.outbox().map(({ channel }) => channel)).toEqual(['team', 'email']);
    expect((await stage.items(ada)).steps.find(({ step }) => step === 'call')).toMatchObject({
      answer: 'reached',
    });
  });

  it('ends at once by a rule, in whichever execution it is', async () => {
    await open({});
    const ada = await stage.enter([pause('short', '20 days'), pause('year', '365 days'), email('end')], {
      exit: [{ on: { event: 'Account Closed' } }],
    });
    await stage.advance('370 days');
    await stage.event(ada, { name: 'Account Closed' });
    await stage.settle();
    expect(await executions()).toEqual(['-2 SUCCEEDED', 'TIMED_OUT']);
    expect((await stage.items(ada)).runs).toMatchObject([{ ended: { how: 'exited' } }]);
  });
});
