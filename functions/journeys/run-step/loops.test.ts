import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '#model/contact';
import type { Step } from '#statemachines/document/schema';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, pause } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const again = (step: string, atMost: number, members: object = {}): Step => ({
  id: 'again',
  type: 'goto',
  step,
  atMost,
  ...members,
});

const reminders = [email('reminder'), pause('three-days', '3 days'), again('reminder', 2), email('last')];

describe('a loop', () => {
  it('is taken as often as it may be, each mail sent anew, and then the run goes on after it', async () => {
    const ada = await stage.enter(reminders);
    await stage.advance('30 days');
    const { sends, steps, runs } = await stage.items(ada);
    expect(stage.outbox()).toHaveLength(4);
    expect(sends.map(({ step, visit, status }) => `${step} ${visit} ${status}`).sort()).toEqual([
      'last 3 sent',
      'reminder 1 sent',
      'reminder 2 sent',
      'reminder 3 sent',
    ]);
    expect(steps.filter(({ step }) => step === 'again').map(({ answer }) => answer)).toEqual([
      'round 1 of 2',
      'round 2 of 2',
      'limit reached',
    ]);
    expect(runs).toMatchObject([{ status: 'ended', ended: { how: 'completed' }, loops: { again: 2 } }]);
  });

  it('is not taken when the condition of the goto is not met', async () => {
    const ada = await stage.enter([
      email('reminder'),
      pause('three-days', '3 days'),
      again('reminder', 2, { if: { tag: 'vip' } }),
    ]);
    await stage.advance('30 days');
    expect(stage.outbox()).toHaveLength(1);
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'ended', ended: { how: 'completed' } }]);
  });

  it('counts each round once, however often its machine asks', async () => {
    const ada = await stage.enter(reminders);
    await stage.advance('3 days');
    const run = (await stage.items(ada)).runs[0]!.id;
    const ask = () => stage.invoke('run-step', { run, do: 'again', visit: 1 });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill({ answer: 0, visit: 2 }));
    expect((await stage.items(ada)).runs[0]?.loops).toEqual({ again: 1 });
  });

  it('keeps its answer when the condition changes between two askings', async () => {
    const ada = await stage.enter(
      [email('reminder'), pause('three-days', '3 days'), again('reminder', 2, { if: { tag: 'vip' } })],
      {},
      { tags: ['vip'] },
    );
    await stage.advance('3 days');
    const { runs } = await stage.items(ada);
    await stage.store.main.update(
      { pk: `C#${ada.id}`, sk: 'PROFILE' },
      { update: 'SET tags = :none', values: { ':none': [] } },
    );
    expect(await stage.invoke('run-step', { run: runs[0]!.id, do: 'again', visit: 1 })).toEqual({
      answer: 0,
      visit: 2,
    });
  });

  it('holds a message of a later round in quiet hours and goes on in that round', async () => {
    const quietHours = { from: '14:00', to: '16:00' };
    const ada = await stage.enter([email('reminder'), pause('some-hours', '3 hours'), again('reminder', 1)], {
      sending: { quietHours },
    });
    await stage.advance('3 days');
    const { sends } = await stage.items(ada);
    expect(sends.map(({ visit, status }) => `${visit} ${status}`).sort()).toEqual(['1 sent', '2 sent']);
  });

  it('goes forward, into a branch', async () => {
    const ada = await stage.enter([
      email('first'),
      again('last', 1),
      email('never'),
      {
        id: 'size',
        type: 'decide',
        question: 'Large?',
        branches: [{ answer: 'Yes', if: { tag: 'large' }, steps: [email('last')] }],
        otherwise: { steps: [] },
      },
    ]);
    expect((await stage.items(ada)).sends.map(({ step }) => step).sort()).toEqual(['first', 'last']);
  });
});

describe('a task in a loop', () => {
  const call: Step = {
    ...{ id: 'call', type: 'task', team: 'sales', title: 'Call', outcomes: ['reached', 'no answer'] },
    branches: [{ answer: 'no answer', steps: [pause('three-days', '3 days'), again('call', 2)] }],
    ...{ atMost: '10 days', otherwise: { steps: [] } },
  } as Step;
  const answer = async (ada: { id: string }, visit: number, outcome: string) => {
    const { runs } = await stage.items(ada as never);
    const task = { run: runs[0]!.id, step: 'call', visit, outcome };
    await stage.event(ada as never, { type: 'task', name: 'Task Answered', task });
    await stage.settle();
  };

  it('is given again and answered again: an answer of the first round is none of the second', async () => {
    const ada = await stage.enter([call]);
    await answer(ada, 1, 'no answer');
    await stage.advance('4 days');
    expect(stage.outbox().filter(({ channel }) => channel === 'team')).toHaveLength(2);
    expect((await stage.items(ada)).runs[0]).toMatchObject({
      status: 'active',
      wait: { step: 'call', visit: 2 },
    });
    await answer(ada, 2, 'reached');
    const { runs, steps } = await stage.items(ada);
    expect(runs[0]).toMatchObject({ status: 'ended', ended: { how: 'completed' } });
    expect(steps.filter(({ step }) => step === 'call').map((record) => record.answer)).toEqual([
      'no answer',
      'reached',
    ]);
  });
});

describe('waiting for something since a step of the loop', () => {
  const mails = (since: object): Step[] => [
    email('mail'),
    {
      ...{ id: 'reaction', type: 'waitFor', atMost: '2 days', otherwise: { steps: [] }, ...since },
      branches: [
        {
          answer: 'Ordered',
          on: { event: 'Order Completed' },
          steps: [pause('an-hour', '1 hour'), again('mail', 1)],
        },
      ],
    } as Step,
  ];
  const order = async (ada: Contact) => {
    await stage.event(ada, { name: 'Order Completed' });
    await stage.settle();
  };

  it('hears only what is new in the second round', async () => {
    const ada = await stage.enter(mails({ since: 'mail' }));
    await stage.advance('1 hour');
    await order(ada);
    await stage.advance('3 hours');
    expect((await stage.items(ada)).runs[0]).toMatchObject({ wait: { step: 'reaction', visit: 2 } });
  });

  it('hears in each round what happened since the run began where it does not say since when', async () => {
    const ada = await stage.enter(mails({}));
    await stage.advance('1 hour');
    await order(ada);
    await stage.advance('3 hours');
    const { steps } = await stage.items(ada);
    expect(steps.filter(({ step }) => step === 'reaction').map((record) => record.answer)).toEqual([
      'Ordered',
      'Ordered',
    ]);
  });
});
