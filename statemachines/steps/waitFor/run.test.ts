import { expect, it } from 'vitest';
import type { AwaitedTrigger } from '#conditions/triggers';
import type { Heard } from '../effects.ts';
import { day, factsOf, hour, start } from '../run-facts.examples.ts';
import { run } from './run.ts';
import type { WaitForStep } from './schema.ts';

const step: WaitForStep = {
  id: 'w',
  type: 'waitFor',
  branches: [
    {
      answer: 'Bought',
      on: { event: 'Order Completed' },
      if: { trigger: 'properties.total', atLeast: 50 },
      steps: [],
    },
    { answer: 'Clicked', on: { message: 'mail', was: 'clicked' }, steps: [] },
  ],
  atMost: '2 days',
  otherwise: { steps: [] },
};
const order = (at: number, total: number): Heard => ({
  at,
  trigger: { event: 'Order Completed', type: 'track', properties: { total } },
});
const click = (at: number): Heard => ({ at, trigger: { event: 'mail', type: 'message', properties: {} } });
const heard =
  (orders: Heard[], clicks: Heard[] = []) =>
  (on: AwaitedTrigger) =>
    'event' in on ? orders : clicks;
const answer = (branch: number) => [{ kind: 'answer', branch, answer: step.branches[branch]?.answer }];

it('waits at most as long as it says while nothing has happened', () =>
  expect(run(step, factsOf())).toEqual([{ kind: 'wait', until: start + 2 * day }]));

it('takes what happened first, whatever is written first', () => {
  const facts = factsOf({ heard: heard([order(start + 2 * hour, 60)], [click(start + hour)]) });
  expect(run(step, facts)).toEqual(answer(1));
  const tie = factsOf({ heard: heard([order(start + hour, 60)], [click(start + hour)]) });
  expect(run(step, tie)).toEqual(answer(0));
});

it('counts only what fits the condition of its branch, with what was heard as the trigger', () => {
  const facts = factsOf({ heard: heard([order(start + 1, 5), order(start + 2, 50)]) });
  expect(run(step, facts)).toEqual(answer(0));
  expect(run(step, factsOf({ heard: heard([order(start + 1, 5)]) }))[0]?.kind).toBe('wait');
});

it('counts what happened since the run began, or since the step it names', () => {
  const before = factsOf({ heard: heard([order(start - 1, 60)]) });
  expect(run(step, before)[0]?.kind).toBe('wait');
  const early = heard([order(start + hour, 60)]);
  expect(run(step, factsOf({ heard: early }))).toEqual(answer(0));
  const since = factsOf({ heard: early, reached: (id) => (id === 'mail' ? start + 2 * hour : undefined) });
  expect(run({ ...step, since: 'mail' }, since)[0]?.kind).toBe('wait');
  expect(run({ ...step, since: 'skipped' }, since)).toEqual(answer(0));
});
