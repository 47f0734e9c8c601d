import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { definitions, stepTypes } from '#statemachines/steps/registry';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

/** What an example leads to. */
const target: Step = { id: 'first-mail', type: 'wait', for: '1 hour' };
const isEnd = ({ type }: Step) => type === 'exit';

it.each(stepTypes)(
  '%s is passed by, and counted as skipped, when its own condition is not met',
  async (type) => {
    const step = { ...definitions[type].words.example, if: { tag: 'vip' } } as Step;
    await stage.publish(journeyOf([target, step, email('after')], { id: 'a-journey' }));
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    await stage.advance('2 hours');
    const { steps, sends, runs } = await stage.items(ada);
    expect(steps.find((found) => found.step === step.id)).toMatchObject({
      outcome: 'skipped',
      reason: 'condition',
    });
    expect(sends.map((send) => send.step)).toEqual(['after']);
    expect(runs).toMatchObject([{ ended: { how: 'completed' } }]);
    expect(stage.web.calls).toEqual([]);
  },
);

it.each(stepTypes)('%s does its work when its own condition is met', async (type) => {
  const step = { ...definitions[type].words.example, if: { tag: 'vip' } } as Step;
  await stage.publish(journeyOf([target, step], { id: 'a-journey' }));
  const ada = await stage.contact({ tags: ['vip'] });
  await stage.event(ada);
  await stage.settle();
  await stage.advance('2 hours');
  const { steps, sends, runs } = await stage.items(ada);
  const reasons = [...steps, ...sends].filter((found) => found.step === step.id).map(({ reason }) => reason);
  expect(reasons).not.toContain('condition');
  expect(reasons.length > 0 || isEnd(step)).toBe(true);
  if (isEnd(step)) expect(runs).toMatchObject([{ ended: { how: 'exited' } }]);
});
