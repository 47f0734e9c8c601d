import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { listTasks } from '#store/runs/tasks';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause, waitForClick } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('a task', () => {
  const call = {
    ...{ id: 'call', type: 'task', team: 'sales', title: 'Call {{ contact.firstName }}', due: '1 day' },
    ...{ script: 'Ask {{ contact.firstName }} what it is about.' },
    ...{ outcomes: ['reached', 'no answer'], atMost: '4 days' },
    branches: [{ answer: 'reached', steps: [email('thanks')] }],
    otherwise: { steps: [] },
  } as Step;

  it('tells the team, waits, and goes the way of the answer', async () => {
    const ada = await stage.enter([call]);
    expect(stage.outbox()).toMatchObject([{ channel: 'team' }]);
    const { runs, steps } = await stage.items(ada);
    const said = { title: 'Call Ada', script: 'Ask Ada what it is about.' };
    expect(steps).toMatchObject([
      { step: 'call', outcome: 'waiting', task: { ...said, dueAt: '2026-03-03T10:00:00.000Z' } },
    ]);
    await stage.event(ada, {
      type: 'task',
      name: 'Task Answered',
      task: { run: runs[0]!.id, step: 'call', outcome: 'reached' },
    });
    await stage.settle();
    expect(stage.outbox().map(({ channel }) => channel)).toEqual(['team', 'email']);
    expect((await stage.items(ada)).steps).toMatchObject([
      { outcome: 'answered', answer: 'reached', branch: 0 },
    ]);
  });

  it('stands among the tasks also where its message could not be made, and can be answered there', async () => {
    const title = 'Call {{ contact.nickname }} at {{ contact.company }}';
    const asked = { ...call, title, script: 'Ask {{ contact.nickname }}.' } as Step;
    const ada = await stage.enter([asked]);
    const { sends, steps } = await stage.items(ada);
    expect(stage.outbox()).toEqual([]);
    expect(sends).toMatchObject([
      { status: 'skipped', reason: 'missing-variable', missing: 'contact.nickname' },
    ]);
    const task = { title: 'Call ‹nickname› at ‹company›', script: 'Ask ‹nickname›.', team: 'sales' };
    expect(steps).toMatchObject([{ step: 'call', outcome: 'waiting', task }]);
    const { tasks } = await listTasks(stage.store, { limit: 10 });
    expect(tasks).toMatchObject([{ step: 'call', task }]);
  });

  it('goes on by its otherwise when nobody answers', async () => {
    const ada = await stage.enter([call, pause('a-day', '1 day')]);
    await stage.advance('4 days');
    expect((await stage.items(ada)).steps).toContainEqual(
      expect.objectContaining({ step: 'call', outcome: 'answered', branch: -1, answer: 'otherwise' }),
    );
  });
});

describe('waiting for something', () => {
  const steps = [email('first'), waitForClick('reaction', 'first', [email('clicked')], [email('silent')])];
  const click = async (ada: { id: string }, members = {}) => {
    const { runs, sends } = await stage.items(ada as never);
    const at = new Date(stage.clock.now()).toISOString();
    return stage.event(ada as never, {
      ...{ type: 'message', name: 'Email Clicked', at, happenedAt: at },
      message: {
        ...{
          sendId: sends[0]?.id ?? 'x',
          run: runs[0]!.id,
          journey: 'a-journey',
          step: 'first',
          channel: 'email',
        },
        was: 'clicked',
        ...members,
      },
    });
  };

  it('goes the way of what happened', async () => {
    const ada = await stage.enter(steps);
    await stage.advance('1 day');
    await click(ada);
    await stage.settle();
    const { sends, steps: records } = await stage.items(ada);
    expect(sends.map(({ step }) => step).sort()).toEqual(['clicked', 'first']);
    expect(records).toMatchObject([{ step: 'reaction', outcome: 'answered', answer: 'Clicked', branch: 0 }]);
  });

  it('goes by its otherwise when nothing happens, and that is written down', async () => {
    const ada = await stage.enter(steps);
    await stage.advance('3 days');
    const { sends, steps: records } = await stage.items(ada);
    expect(sends.map(({ step }) => step).sort()).toEqual(['first', 'silent']);
    expect(records).toMatchObject([{ outcome: 'answered', answer: 'Silent', branch: -1 }]);
  });

  it('does not count what a machine clicked', async () => {
    const ada = await stage.enter(steps);
    await click(ada, { machine: true });
    await stage.settle();
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'active', wait: { step: 'reaction' } }]);
  });

  it('does not miss what came before its token was stored', async () => {
    await stage.publish(journeyOf(steps));
    const ada = await stage.contact();
    await stage.event(ada);
    stage.sabotage.before = async (_service, operation, input) => {
      if (operation !== 'UpdateItem' || !JSON.stringify(input).includes('waitFor')) return;
      stage.sabotage.before = undefined;
      await click(ada);
      await stage.hear(stage.undelivered());
    };
    await stage.settle();
    const { sends, steps: records } = await stage.items(ada);
    expect(sends.map(({ step }) => step).sort()).toEqual(['clicked', 'first']);
    expect(records).toMatchObject([{ outcome: 'answered', answer: 'Clicked' }]);
  });
});
