import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '#model/contact';
import type { Step } from '#statemachines/document/schema';
import { readEntries, storeWait } from '#store/runs/runs';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const month: Step[] = [pause('a-month', '30 days'), email('late')];

const entered = async (members: Parameters<typeof journeyOf>[1] = {}, steps = month): Promise<Contact> => {
  await stage.publish(journeyOf(steps, members));
  const ada = await stage.contact();
  await stage.event(ada);
  await stage.settle();
  return ada;
};
const hear = async (ada: Contact, name: string, members = {}) => {
  await stage.event(ada, { name, ...members });
  await stage.settle();
};
const runsOf = async (ada: Contact) => (await stage.items(ada)).runs;
const running = async () =>
  (await stage.stepFunctions.execute('ListExecutions', {
    stateMachineArn: `arn:aws:states:eu-central-1:111122223333:stateMachine:wayleaf-acme-a-journey`,
    statusFilter: 'RUNNING',
  })) as { executions: unknown[] };

describe('entering', () => {
  it('happens once when the same event is delivered twice at the same time', async () => {
    await stage.publish(journeyOf(month));
    const ada = await stage.contact();
    await stage.event(ada);
    const records = stage.undelivered();
    await Promise.all([stage.hear(records), stage.hear(records)]);
    await stage.settle();
    expect(await runsOf(ada)).toHaveLength(1);
    expect((await running()).executions).toHaveLength(1);
  });

  it('happens once when two events trigger at the same time', async () => {
    await stage.publish(journeyOf(month, { enter: { on: [{ event: 'Signed Up' }], again: 'always' } }));
    const ada = await stage.contact();
    await stage.event(ada);
    const first = stage.undelivered();
    await stage.event(ada);
    await Promise.all([stage.hear(first), stage.hear(stage.undelivered())]);
    await stage.settle();
    expect(await runsOf(ada)).toHaveLength(1);
  });

  it('is finished by a repeat where the first fell before the start', async () => {
    await stage.publish(journeyOf(month));
    const ada = await stage.contact();
    await stage.event(ada);
    const records = stage.undelivered();
    stage.sabotage.before = (_service, operation) => {
      if (operation === 'StartExecution') throw new Error('fell');
    };
    expect(await stage.hear(records)).toMatchObject({ batchItemFailures: [{}] });
    expect(await runsOf(ada)).toMatchObject([{ status: 'entering' }]);
    stage.sabotage.before = undefined;
    expect(await stage.hear(records)).toEqual({ batchItemFailures: [] });
    await stage.settle();
    expect(await runsOf(ada)).toMatchObject([{ status: 'active' }]);
    expect((await running()).executions).toHaveLength(1);
  });

  it('keeps to the rule of entering again', async () => {
    const again = { after: '10 days' };
    const ada = await entered({ enter: { on: [{ event: 'Signed Up' }], again } }, [pause('a-day', '1 day')]);
    await hear(ada, 'Signed Up');
    expect(await runsOf(ada)).toHaveLength(1);
    await stage.advance('2 days');
    await hear(ada, 'Signed Up');
    expect(await runsOf(ada)).toHaveLength(1);
    await stage.advance('9 days');
    await hear(ada, 'Signed Up');
    expect(await runsOf(ada)).toHaveLength(2);
  });

  it('asks the condition of the event that triggers', async () => {
    const enter = { on: [{ event: 'Signed Up' }], if: { trigger: 'properties.plan', is: 'pro' } } as const;
    await stage.publish(journeyOf(month, { enter: { ...enter, on: [...enter.on] } }));
    const ada = await stage.contact();
    await hear(ada, 'Signed Up', { properties: { plan: 'free' } });
    expect(await runsOf(ada)).toEqual([]);
    await hear(ada, 'Signed Up', { properties: { plan: 'pro' } });
    expect(await runsOf(ada)).toHaveLength(1);
  });

  it('makes one run for each key', async () => {
    const key = 'trigger.properties.appointmentId';
    await stage.publish(journeyOf(month, { enter: { on: [{ event: 'Booked' }], key, again: 'always' } }));
    const ada = await stage.contact();
    for (const appointmentId of [1, 2, 1]) await hear(ada, 'Booked', { properties: { appointmentId } });
    await hear(ada, 'Booked');
    expect((await runsOf(ada)).map((run) => run.key).sort()).toEqual(['1', '2']);
  });

  it('is triggered by a tag that a step of another journey gave', async () => {
    await stage.publish(journeyOf(month, { id: 'by-tag', enter: { on: [{ tag: 'lead' }] } }));
    const ada = await entered({}, [{ id: 'tag', type: 'update', addTags: ['lead'] }]);
    expect((await runsOf(ada)).map(({ journey }) => journey).sort()).toEqual(['a-journey', 'by-tag']);
  });

  it('ends somewhere when journeys trigger each other', async () => {
    const tags = (id: string, on: string, gives: string) =>
      stage.publish(
        journeyOf(
          [
            { id: 'forget', type: 'update', removeTags: [gives] },
            { id: 'tag', type: 'update', addTags: [gives] },
          ],
          {
            id,
            enter: { on: [{ tag: on }], again: 'always' },
          },
        ),
      );
    await tags('ping', 'a', 'b');
    await tags('pong', 'b', 'a');
    const ada = await stage.contact();
    await stage.event(ada, { type: 'form', name: 'x', addTags: ['a'] });
    await stage.settle();
    const runs = await runsOf(ada);
    expect(runs.length).toBeGreaterThan(2);
    expect(runs.length).toBeLessThan(12);
  });
});

describe('the goal', () => {
  const goal = { on: { event: 'Bought' }, within: '30 days', value: 'properties.revenue' };

  it('ends a run at once, in the middle of its wait', async () => {
    const ada = await entered({ goal });
    await stage.advance('1 day');
    await hear(ada, 'Bought', { properties: { revenue: 49.5 } });
    const [run] = await runsOf(ada);
    expect(run).toMatchObject({
      status: 'ended',
      ended: { how: 'goal', step: 'a-month' },
      converted: { at: '2026-03-03T10:00:00.000Z', value: 49.5 },
    });
    expect((await running()).executions).toEqual([]);
    const { steps } = await stage.items(ada);
    expect(steps).toMatchObject([{ step: 'a-month', outcome: 'done', reason: 'goal' }]);
    expect(await readEntries(stage.store, ada.id)).toMatchObject([{ count: 1 }]);
    expect((await readEntries(stage.store, ada.id))[0]?.activeRun).toBeUndefined();
  });

  it('ends the run of a journey whose machine had no token yet at its next call', async () => {
    await stage.publish(journeyOf(month, { goal }));
    const ada = await stage.contact();
    await stage.event(ada);
    stage.sabotage.before = async (_service, operation, input) => {
      if (operation !== 'UpdateItem' || !JSON.stringify(input).includes('a-month')) return;
      stage.sabotage.before = undefined;
      await stage.event(ada, { name: 'Bought' });
      await stage.hear(stage.undelivered());
    };
    await stage.settle();
    expect(await runsOf(ada)).toMatchObject([{ status: 'ended', ended: { how: 'goal' } }]);
    expect((await running()).executions).toEqual([]);
    expect((await stage.items(ada)).steps).toMatchObject([{ step: 'a-month', outcome: 'done' }]);
  });

  it('ends the wait that holds the run by then, not the one that was read', async () => {
    const ada = await entered({ goal });
    const [run] = await runsOf(ada);
    await stage.event(ada, { name: 'Bought' });
    const told: unknown[] = [];
    stage.sabotage.before = async (_service, operation, input) => {
      if (operation === 'SendTaskFailure') told.push((input as { taskToken: string }).taskToken);
      if (operation !== 'TransactWriteItems' || told.length > 0) return;
      told.push('the wait changes');
      await storeWait(stage.store, run!.id, { ...run!.wait!, token: 'the-next-token' });
    };
    await stage.settle();
    expect(told).toEqual(['the wait changes', 'the-next-token']);
    expect(await runsOf(ada)).toMatchObject([{ status: 'ended', ended: { how: 'goal' } }]);
  });

  it('counts within its window also after the run has ended, once', async () => {
    const ada = await entered({ goal }, [pause('a-day', '1 day')]);
    await stage.advance('5 days');
    await hear(ada, 'Bought', { properties: { revenue: 10 } });
    await hear(ada, 'Bought', { properties: { revenue: 99 } });
    expect(await runsOf(ada)).toMatchObject([{ ended: { how: 'completed' }, converted: { value: 10 } }]);
  });

  it('does not count outside its window', async () => {
    const ada = await entered({ goal }, [pause('a-day', '1 day')]);
    await stage.advance('31 days');
    await hear(ada, 'Bought');
    expect((await runsOf(ada))[0]?.converted).toBeUndefined();
  });

  it('counts and lets the run go on where the author says so', async () => {
    const ada = await entered({ goal: { ...goal, exit: false } });
    await hear(ada, 'Bought');
    expect(await runsOf(ada)).toMatchObject([{ status: 'active', converted: {} }]);
  });

  it('is not reached by the event that started the run, also when that is heard again', async () => {
    await stage.publish(journeyOf(month, { goal: { on: { event: 'Signed Up' } } }));
    const ada = await stage.contact();
    await stage.event(ada);
    const records = stage.undelivered();
    await stage.hear(records);
    await stage.hear(records);
    expect(await runsOf(ada)).toMatchObject([{ status: 'active' }]);
  });

  it('tells the machine again where the first fell after the run had ended', async () => {
    const ada = await entered({ goal });
    await stage.event(ada, { name: 'Bought' });
    const records = stage.undelivered();
    stage.sabotage.before = (_service, operation) => {
      if (operation === 'SendTaskFailure') throw new Error('fell');
    };
    await stage.hear(records);
    stage.sabotage.before = undefined;
    expect((await running()).executions).toHaveLength(1);
    await stage.hear(records);
    await stage.settle();
    expect((await running()).executions).toEqual([]);
  });
});

describe('exit rules', () => {
  it('without "on" tell the machine again where the first fell after the run had ended', async () => {
    const ada = await entered({ exit: [{ if: { tag: 'customer' } }] });
    await stage.event(ada, { name: 'Anything', addTags: ['customer'] });
    const records = stage.undelivered();
    stage.sabotage.before = (_service, operation) => {
      if (operation === 'SendTaskFailure') throw new Error('fell');
    };
    await stage.hear(records);
    stage.sabotage.before = undefined;
    expect(await runsOf(ada)).toMatchObject([{ status: 'ended' }]);
    expect((await running()).executions).toHaveLength(1);
    await stage.hear(records);
    await stage.settle();
    expect((await running()).executions).toEqual([]);
  });

  it('end a run when something is heard', async () => {
    const ada = await entered({ exit: [{ on: { event: 'Account Closed' } }] });
    await hear(ada, 'Account Closed');
    expect(await runsOf(ada)).toMatchObject([{ status: 'ended', ended: { how: 'exited', step: 'a-month' } }]);
  });

  it('end a run as soon as something is true of the contact', async () => {
    const ada = await entered({ exit: [{ if: { score: { atLeast: 50 } } }] });
    await hear(ada, 'Visited', { addScore: 49 });
    expect(await runsOf(ada)).toMatchObject([{ status: 'active' }]);
    await hear(ada, 'Visited', { addScore: 1 });
    expect(await runsOf(ada)).toMatchObject([{ status: 'ended', ended: { how: 'exited' } }]);
  });

  it('leave a run alone whose contact does not fulfil them', async () => {
    const exit = [{ on: { event: 'Cancelled' }, if: { trigger: 'properties.all', is: true } }];
    const ada = await entered({ exit });
    await hear(ada, 'Cancelled', { properties: { all: false } });
    expect(await runsOf(ada)).toMatchObject([{ status: 'active' }]);
    await hear(ada, 'Cancelled', { properties: { all: true } });
    expect(await runsOf(ada)).toMatchObject([{ status: 'ended' }]);
  });
});

describe('an event that means nothing to a run', () => {
  it('costs no look at the run', async () => {
    const ada = await entered({ goal: { on: { event: 'Bought' } } });
    const asked: string[] = [];
    stage.sabotage.before = (service, operation, input) => {
      if (service === 'dynamodb' && JSON.stringify(input).includes('"R#')) asked.push(operation);
    };
    await hear(ada, 'Page Viewed', { type: 'page' });
    expect(asked).toEqual([]);
    await hear(ada, 'Bought');
    expect(asked).toContain('BatchGetItem');
  });
});

describe('a batch', () => {
  it('reports what failed and what follows it for the same contact, and hears the rest', async () => {
    await stage.publish(journeyOf(month));
    const [ada, bob] = [await stage.contact(), await stage.contact()];
    for (const contact of [ada, bob, ada]) await stage.event(contact);
    const records = stage.undelivered() as { dynamodb: { SequenceNumber: string } }[];
    stage.sabotage.before = (_service, _operation, input) => {
      if (JSON.stringify(input).includes(`J#`) && JSON.stringify(input).includes(ada.id))
        throw new Error('poison');
    };
    expect(await stage.hear(records)).toEqual({
      batchItemFailures: [records[0], records[2]].map((r) => ({
        itemIdentifier: r?.dynamodb.SequenceNumber,
      })),
    });
    expect(await runsOf(bob)).toHaveLength(1);
    expect(await runsOf(ada)).toEqual([]);
  });

  it('is not held up by an event that was erased meanwhile', async () => {
    const ada = await stage.contact();
    const event = await stage.event(ada);
    const records = stage.undelivered();
    await stage.store.main.remove({ pk: `C#${ada.id}`, sk: `E#${event.id}` });
    await stage.store.main.remove({ pk: `C#${ada.id}`, sk: 'PROFILE' });
    expect(await stage.hear(records)).toEqual({ batchItemFailures: [] });
    expect(await runsOf(ada)).toEqual([]);
  });

  it('leaves no event unsettled', async () => {
    const ada = await entered();
    const { all } = await stage.items(ada);
    expect(all.filter((item) => item.unsettled !== undefined)).toEqual([]);
    expect((await stage.items(ada)).events).toMatchObject([{ state: 'heard' }]);
  });
});

describe('an event of the same instant as the one that started the run', () => {
  const goal = { on: { event: 'Order Completed' } };

  it('that came before it is not heard by the run when it is delivered again', async () => {
    await stage.publish(journeyOf(month, { goal }));
    const ada = await stage.contact();
    await stage.event(ada, { name: 'Order Completed' });
    const before = stage.undelivered();
    await stage.hear(before);
    await stage.event(ada);
    await stage.settle();
    await stage.hear(before);
    expect(await runsOf(ada)).toMatchObject([{ status: 'active' }]);
  });

  it('that let nobody in does not do so when it is delivered again, after what kept it out is over', async () => {
    const ada = await entered({ enter: { on: [{ event: 'Signed Up' }], again: 'always' }, goal });
    await stage.event(ada);
    const again = stage.undelivered();
    await stage.hear(again);
    await hear(ada, 'Order Completed');
    await stage.hear(again);
    expect(await runsOf(ada)).toMatchObject([{ status: 'ended' }]);
  });

  it('that came after it is heard', async () => {
    const ada = await entered({ goal });
    await hear(ada, 'Order Completed');
    expect(await runsOf(ada)).toMatchObject([{ status: 'ended', ended: { how: 'goal' } }]);
  });
});
