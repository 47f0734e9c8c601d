import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { main } from '#store/keys';
import { readTrial } from '#store/runs/trials';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(undefined, { 'decide-winner': { record, createHandler } });
});
afterEach(() => stage.close());

const test = (winner: object, arms: object[] = [{}, {}], members: object = {}): Step =>
  ({
    ...{ id: 'test', type: 'split', winner, ...members },
    arms: arms.map((arm, i) => ({
      ...{ name: `arm ${i}`, weight: 100 / arms.length, steps: [email(`mail-${i}`)] },
      ...arm,
    })),
  }) as Step;

const counted = async (counts: Record<string, number>) => {
  const names = Object.keys(counts);
  await stage.store.main.update(main.count('a-journey', 1, 0), {
    update: `SET ${names.map((_, i) => `#c${i} = :c${i}`).join(', ')}`,
    names: Object.fromEntries(names.map((name, i) => [`#c${i}`, name])),
    values: Object.fromEntries(names.map((name, i) => [`:c${i}`, counts[name]])),
  });
};
const clicks = (runs: [number, number], clicked: [number, number]) =>
  counted({
    ...{ 'test|answer|0': runs[0], 'test|answer|1': runs[1] },
    ...{ 'mail-0|clicked': clicked[0], 'mail-1|clicked': clicked[1] },
  });
const look = () => stage.invoke('decide-winner', {});
const trial = () => readTrial(stage.store, { journey: 'a-journey', version: 1 }, 'test');

/** The arms that ten contacts were drawn into. */
const arms = async () => {
  const drawn = new Set<string>();
  for (let i = 0; i < 10; i++) {
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    drawn.add((await stage.items(ada)).steps.find(({ step }) => step === 'test')!.answer!);
  }
  return [...drawn].sort();
};

const byClicks = { by: 'clicked', after: 200 };

describe('a test with a winner', () => {
  it('keeps its weights until it is decided, and then sends every run to the winner', async () => {
    await stage.publish(journeyOf([test(byClicks), pause('a-day', '1 day')]));
    expect(await arms()).toEqual(['arm 0', 'arm 1']);
    await clicks([101, 99], [10, 40]);
    expect(await look()).toEqual({ decided: 1 });
    expect(await trial()).toMatchObject({
      looks: 1,
      decided: {
        branch: 1,
        at: '2026-03-02T10:00:00.000Z',
        arms: [
          { runs: 101, successes: 10 },
          { runs: 99, successes: 40 },
        ],
      },
    });
    expect(await arms()).toEqual(['arm 1']);
  });

  it('is decided once: what is counted later changes nothing', async () => {
    await stage.publish(journeyOf([test(byClicks)]));
    await clicks([101, 99], [10, 40]);
    await look();
    await clicks([500, 500], [400, 40]);
    expect(await look()).toEqual({ decided: 0 });
    expect(await trial()).toMatchObject({ decided: { branch: 1 } });
  });

  it('is decided once when two look at the same time', async () => {
    await stage.publish(journeyOf([test(byClicks)]));
    await clicks([101, 99], [10, 40]);
    const answers = (await Promise.all([look(), look()])) as { decided: number }[];
    expect(answers.map(({ decided }) => decided).sort()).toEqual([0, 1]);
  });

  it('is not looked at before its time, nor between two planned moments', async () => {
    await stage.publish(journeyOf([test(byClicks)]));
    await clicks([50, 50], [1, 40]);
    await look();
    expect(await trial()).toMatchObject({ looks: 0 });
    await clicks([100, 100], [20, 22]);
    await look();
    expect(await trial()).toMatchObject({ looks: 1 });
    await clicks([150, 150], [5, 100]);
    await look();
    expect(await trial()).toMatchObject({ looks: 1 });
    expect(await trial()).not.toHaveProperty('decided');
    await clicks([200, 200], [5, 100]);
    await look();
    expect(await trial()).toMatchObject({ looks: 2, decided: { branch: 1 } });
  });

  it('is looked at a while after its first run, when it says so', async () => {
    await stage.publish(journeyOf([test({ by: 'opened', after: '2 days' })]));
    await counted({ 'test|answer|0': 100, 'test|answer|1': 100, 'mail-0|opened': 70, 'mail-1|opened': 30 });
    await look();
    expect(await trial()).toMatchObject({ looks: 0, since: '2026-03-02T10:00:00.000Z' });
    await stage.advance('2 days');
    await look();
    expect(await trial()).toMatchObject({ looks: 1, decided: { branch: 0 } });
  });

  it('is decided by the goal, and leaves those who are held out alone', async () => {
    const members = { goal: { on: { event: 'Order Completed' }, exit: false } };
    const split = test({ by: 'goal', after: 100 }, [{}, {}, { holdout: true }]);
    await stage.publish(journeyOf([split, pause('a-day', '1 day')], members));
    await counted({
      ...{ 'test|answer|0': 100, 'test|answer|1': 100, 'test|answer|2': 100 },
      ...{ 'test|answerConverted|0': 50, 'test|answerConverted|1': 10, 'test|answerConverted|2': 99 },
    });
    await look();
    expect(await trial()).toMatchObject({ decided: { branch: 0 } });
    expect(await arms()).toEqual(['arm 0', 'arm 2']);
  });

  it('gives a run that comes by again after the decision the answer of then', async () => {
    await stage.publish(journeyOf([test(byClicks), pause('a-day', '1 day')]));
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    const { runs, steps } = await stage.items(ada);
    const before = steps.find(({ step }) => step === 'test')!.branch;
    await clicks([101, 99], before === 0 ? [10, 40] : [40, 10]);
    await look();
    expect(await stage.invoke('run-step', { run: runs[0]!.id, do: 'test' })).toEqual({ answer: before });
  });
});

describe('a sticky test', () => {
  it('keeps the arm of a contact over all its runs', async () => {
    const split = test({}, [{}, {}, {}, {}], { sticky: true, winner: undefined });
    await stage.publish(journeyOf([split], { enter: { on: [{ event: 'Signed Up' }], again: 'always' } }));
    const drawn: (string | undefined)[][] = [];
    for (let i = 0; i < 6; i++) {
      const ada = await stage.contact();
      for (let run = 0; run < 3; run++) {
        await stage.event(ada);
        await stage.settle();
      }
      drawn.push((await stage.items(ada)).steps.map(({ answer }) => answer));
    }
    expect(drawn.every((answers) => answers.length === 3 && new Set(answers).size === 1)).toBe(true);
    expect(new Set(drawn.map(([first]) => first)).size).toBeGreaterThan(1);
  });
});

describe('an arm that is held out', () => {
  it('counts what it would send, and sends nothing, however deep it stands; what follows is sent', async () => {
    const inner: Step[] = [
      email('mail'),
      {
        ...{
          id: 'size',
          type: 'decide',
          question: 'Large?',
          branches: [{ answer: 'Yes', if: { tag: 'large' }, steps: [] }],
        },
        otherwise: {
          steps: [
            { id: 'text', type: 'sms', text: 'Hi' },
            { id: 'tell', type: 'notify', team: 'sales', text: 'Look' },
          ],
        },
      } as Step,
    ];
    const split = test({}, [{ weight: 0 }, { weight: 100, holdout: true, steps: inner }], {
      winner: undefined,
    });
    await stage.publish(journeyOf([split, email('after')]));
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    const { sends } = await stage.items(ada);
    expect(sends.map(({ step, reason, status }) => `${step} ${reason ?? status}`).sort()).toEqual([
      'after sent',
      'mail holdout',
      'tell sent',
      'text holdout',
    ]);
    expect(
      stage
        .outbox()
        .map(({ channel }) => channel)
        .sort(),
    ).toEqual(['email', 'team']);
  });
});
