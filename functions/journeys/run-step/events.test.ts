import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { setGateWrites } from '#store/runs/gates';
import { transact } from '#store/table';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const emit = (event: string, properties?: object, members: object = {}): Step =>
  ({
    id: 'emit',
    type: 'emit',
    event,
    ...(properties && { properties }),
    ...members,
  }) as Step;
const enroll = (journey: string): Step => ({ id: 'hand-over', type: 'enroll', journey });

const other = (members: Parameters<typeof journeyOf>[1] = {}, steps: Step[] = [email('hello')]) =>
  stage.publish(journeyOf(steps, { id: 'other', enter: { on: [{ event: 'Trial Ended' }] }, ...members }));

/** The stream brings each record twice, and each call of the machines is made twice. */
const everythingTwice = async () => {
  await stage.stepFunctions.idle();
  for (let records = stage.undelivered(); records.length > 0; records = stage.undelivered()) {
    await stage.hear(records);
    await stage.hear(records);
    await stage.stepFunctions.idle();
  }
};

describe('an event that a step lets happen', () => {
  it('starts a journey, with properties rendered as data', async () => {
    await other({}, [email('hello', { if: { trigger: 'properties.name', is: 'Ada", "x": "1' } })]);
    const ada = await stage.enter(
      [emit('Trial Ended', { name: '{{ contact.firstName }}', list: [1, '{{ contact.firstName }}'] })],
      {},
      {
        fields: { email: 'a@example.com', firstName: 'Ada", "x": "1' },
      },
    );
    const { events, runs, steps } = await stage.items(ada);
    expect(events.find(({ name }) => name === 'Trial Ended')).toMatchObject({
      type: 'track',
      depth: 1,
      properties: { name: 'Ada", "x": "1', list: [1, 'Ada", "x": "1'] },
      state: 'heard',
    });
    expect(runs.map(({ journey }) => journey).sort()).toEqual(['a-journey', 'other']);
    expect(steps).toMatchObject([{ step: 'emit', outcome: 'done' }]);
    expect(stage.outbox()).toHaveLength(1);
  });

  it('answers a wait of its own run', async () => {
    const ada = await stage.enter([
      emit('Trial Ended'),
      {
        ...{ id: 'heard', type: 'waitFor', atMost: '2 days', otherwise: { steps: [] } },
        branches: [{ answer: 'Yes', on: { event: 'Trial Ended' }, steps: [email('hello')] }],
      } as Step,
    ]);
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'ended' }]);
    expect(stage.outbox()).toHaveLength(1);
  });

  it('happens once when every call and every record comes twice', async () => {
    await other({ enter: { on: [{ event: 'Trial Ended' }], again: 'always' } });
    await stage.publish(journeyOf([emit('Trial Ended'), pause('a-day', '1 day')]));
    const ada = await stage.contact();
    await stage.event(ada);
    await everythingTwice();
    const run = (await stage.items(ada)).runs.find(({ journey }) => journey === 'a-journey')!.id;
    await Promise.all([1, 2].map(() => stage.invoke('run-step', { run, do: 'emit' })));
    await everythingTwice();
    const { events, runs } = await stage.items(ada);
    expect(events.filter(({ name }) => name === 'Trial Ended')).toHaveLength(1);
    expect(runs.filter(({ journey }) => journey === 'other')).toHaveLength(1);
    expect(stage.outbox()).toHaveLength(1);
  });

  it('is skipped, never half said, when a variable is missing', async () => {
    const ada = await stage.enter([emit('Trial Ended', { plan: '{{ contact.plan }}' })]);
    const { steps, events } = await stage.items(ada);
    expect(steps).toMatchObject([{ outcome: 'skipped', reason: 'missing-variable' }]);
    expect(events).toHaveLength(1);
  });

  it('waits while the journey is paused', async () => {
    await stage.publish(journeyOf([emit('Trial Ended')]));
    await transact(stage.store.dynamodb, setGateWrites(stage.store, 'a-journey', 'paused'));
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    const { events, runs } = await stage.items(ada);
    expect(events).toHaveLength(1);
    expect(runs).toMatchObject([{ status: 'active', wait: { kind: 'hold', reason: 'paused' } }]);
  });

  it('ends journeys that start each other, eight deep', async () => {
    const again = 'always' as const;
    await other({ enter: { on: [{ event: 'Ping' }], again } }, [emit('Pong')]);
    const ada = await stage.enter([emit('Ping')], {
      enter: { on: [{ event: 'Signed Up' }, { event: 'Pong' }], again },
    });
    const { runs, events, steps } = await stage.items(ada);
    expect(events).toHaveLength(9);
    expect(runs).toHaveLength(9);
    expect(runs.every(({ status }) => status === 'ended')).toBe(true);
    expect(steps.filter(({ outcome }) => outcome === 'skipped')).toMatchObject([{ reason: 'too-deep' }]);
  });
});

describe('a contact that is handed to another journey', () => {
  it('enters it, whatever it is triggered by, and knows what this run was started by', async () => {
    await other({}, [email('hello', { if: { trigger: 'properties.plan', is: 'gold' } })]);
    await stage.publish(journeyOf([enroll('other'), pause('a-day', '1 day')]));
    const ada = await stage.contact();
    await stage.event(ada, { properties: { plan: 'gold' } });
    await stage.settle();
    const { runs, steps } = await stage.items(ada);
    expect(runs.map(({ journey, depth }) => [journey, depth]).sort()).toEqual([
      ['a-journey', 0],
      ['other', 1],
    ]);
    expect(steps).toMatchObject([{ outcome: 'waiting' }, { step: 'hand-over', outcome: 'done' }]);
    expect(stage.outbox()).toHaveLength(1);
  });

  it.each([
    ['never-again', { enter: { on: [{ event: 'Trial Ended' }] } }, true],
    ['condition', { enter: { on: [{ manual: true }], if: { tag: 'vip' } } }, false],
    ['no-key', { enter: { on: [{ manual: true }], key: 'trigger.properties.order' } }, false],
  ] as const)('is refused by its rules: %s, and that is counted', async (reason, members, wasThere) => {
    await other(members as never);
    await stage.publish(journeyOf([enroll('other')]));
    const ada = await stage.contact();
    if (wasThere) await stage.event(ada, { name: 'Trial Ended' });
    await stage.settle();
    await stage.event(ada);
    await stage.settle();
    const { steps, runs } = await stage.items(ada);
    expect(steps).toMatchObject([{ step: 'hand-over', outcome: 'skipped', reason }]);
    expect(runs.find(({ journey }) => journey === 'a-journey')).toMatchObject({ status: 'ended' });
  });

  it('is skipped where nothing of that id is live', async () => {
    const ada = await stage.enter([enroll('nowhere')]);
    expect((await stage.items(ada)).steps).toMatchObject([{ outcome: 'skipped', reason: 'not-live' }]);
  });

  it('enters once when everything comes twice', async () => {
    await other({ enter: { on: [{ manual: true }], again: 'always' } });
    await stage.publish(journeyOf([enroll('other'), pause('a-day', '1 day')]));
    const ada = await stage.contact();
    await stage.event(ada);
    await everythingTwice();
    const { runs, steps } = await stage.items(ada);
    expect(runs.filter(({ journey }) => journey === 'other')).toHaveLength(1);
    expect(steps.find(({ step }) => step === 'hand-over')).toMatchObject({ outcome: 'done' });
  });
});
