import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Trigger } from '#conditions/triggers';
import type { Journey, Step } from '#statemachines/document/schema';
import { decide, email, journeyOf, pause, waitForClick } from '#test/builders/journeys';
import { createWorld } from '../local/world.ts';
import { walkAllPaths } from './all-paths.ts';
import { simulationFolder } from './folder.ts';
import { simulateIn } from './simulation.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const walkAll = (document: Journey) =>
  walkAllPaths(simulateIn(createWorld), {
    ...{ document, start, seed: 1 },
    folder: simulationFolder(document, JSON.stringify(document)),
  });
const timelineOf = (path: { timeline: { step: string }[] } | undefined) =>
  path?.timeline.map(({ step }) => step);

const lookUp: Step = {
  id: 'look-up',
  type: 'webhook',
  url: 'https://api.example.com/plan',
  saveAs: 'account',
};
const waitForAnswer: Step = {
  ...{ id: 'answer', type: 'waitFor', atMost: '2 hours' },
  branches: [{ answer: 'Yes', on: { event: 'Answered' }, steps: [] }],
  otherwise: { steps: [] },
};
const byPlan: Step = {
  id: 'plan',
  type: 'decide',
  question: 'Which plan?',
  branches: [{ answer: 'Gold', if: { results: 'account.plan', is: 'gold' }, steps: [email('gold')] }],
  otherwise: { answer: 'Other', steps: [email('plain')] },
};

describe('all paths', () => {
  const acme = { name: 'acme', root: join(import.meta.dirname, '../clients') };
  const night = Date.parse('2026-03-02T22:30:00Z');

  it.each([
    ['the client lets sleep', email('hello'), '2026-03-03T08:00:00.000Z'],
    ['texts do not come in', { id: 'hello', type: 'sms', text: 'Hi' }, '2026-03-03T09:00:00.000Z'],
  ] as [string, Step, string][])(
    'wait for what follows a message through the hours that %s',
    async (_, hello, at) => {
      const document = journeyOf([hello, waitForAnswer]);
      const folder = simulationFolder(document, JSON.stringify(document), acme);
      const { paths, unreachedLeaves } = await walkAllPaths(simulateIn(createWorld), {
        ...{ document, start: night, seed: 1, folder },
      });
      expect(unreachedLeaves).toEqual([]);
      expect(paths.map(({ sends }) => sends[0]?.at)).toEqual([at, at]);
    },
  );

  it('answer webhooks so that each branch on what they answer is reached; nothing is called', async () => {
    const { paths, unreached } = await walkAll(journeyOf([lookUp, byPlan]));
    expect(unreached).toEqual([]);
    expect(paths.map(({ leaf, webhooks }) => ({ leaf, webhooks }))).toEqual([
      { leaf: 'plan/Gold', webhooks: { 'look-up': { account: undefined, plan: 'gold' } } },
      { leaf: 'plan/Other', webhooks: { 'look-up': { plan: 'not gold' } } },
    ]);
  });

  it.each(['trigger.properties.appointment.id', 'contact.accountId'])(
    'enter by a key read at %s',
    async (key) => {
      const { paths, unreached } = await walkAll(
        journeyOf([email('hello')], { enter: { on: [{ event: 'Signed Up' }], key } }),
      );
      expect(unreached).toEqual([]);
      expect(paths).toMatchObject([{ ended: { how: 'completed' } }]);
    },
  );

  it('come round a loop for as often as it may, and go on', async () => {
    const steps: Step[] = [
      email('offer'),
      waitForClick('reaction', 'offer', [{ id: 'thanks', type: 'exit', as: 'Clicked' }], []),
      { id: 'again', type: 'goto', step: 'offer', atMost: 2 },
      email('last'),
    ];
    const { paths, unreached } = await walkAll(journeyOf(steps));
    expect(unreached).toEqual([]);
    const round = ['offer', 'reaction', 'again'];
    expect(timelineOf(paths.find(({ leaf }) => leaf !== 'reaction/Clicked'))).toEqual([
      ...round,
      ...round,
      ...round,
      'last',
    ]);
  });

  it('say that an arm is held out, and what was emitted is heard', async () => {
    const test: Step = {
      id: 'test',
      type: 'split',
      arms: [
        { name: 'mail', weight: 50, steps: [email('offer')] },
        { name: 'nothing', weight: 50, holdout: true, steps: [email('shadow')] },
      ],
    };
    const emit: Step = { id: 'tell', type: 'emit', event: 'Offer Seen' };
    const heard: Step = {
      id: 'seen',
      type: 'waitFor',
      branches: [{ answer: 'Seen', on: { event: 'Offer Seen' }, steps: [email('follow-up')] }],
      atMost: '1 day',
      otherwise: { answer: 'Unseen', steps: [email('unseen')] },
    };
    const { paths, unreached } = await walkAll(journeyOf([test, emit, heard]));
    expect(unreached).toEqual(['unseen']);
    const held = paths.find(({ arms }) => arms.test === 'nothing');
    expect(held?.skipped).toMatchObject([{ step: 'shadow', reason: 'holdout' }]);
    expect(held?.sends.map(({ step }) => step)).toEqual(['follow-up']);
  });

  it('give the contact the dates by which it comes and for which it waits', async () => {
    const date = 'contact.renewalDate';
    const steps: Step[] = [
      { id: 'week', type: 'wait', until: { date, offset: '-7 days' } },
      email('last-week'),
      { id: 'end', type: 'wait', until: { date: 'contact.trialEndsAt' } },
      email('over'),
    ];
    const { paths } = await walkAll(journeyOf(steps, { enter: { on: [{ date, offset: '-20 days' }] } }));
    expect(paths[0]?.contact).toMatchObject({ renewalDate: '2026-03-22', trialEndsAt: '2026-04-01' });
    expect(paths[0]?.sends.map(({ at }) => at.slice(0, 10))).toEqual(['2026-03-15', '2026-04-01']);
  });

  it('give an endpoint only to whom the journey wants to have one, where it asks', async () => {
    const push: Step = { id: 'ring', type: 'push', title: 'Hello', body: 'There you are' };
    const where: Step = {
      id: 'where',
      type: 'decide',
      question: 'Where?',
      branches: [{ answer: 'App', if: { contact: 'pushEndpoint', exists: true }, steps: [push] }],
      otherwise: { answer: 'Mail', steps: [email('mail')] },
    };
    const { paths, unreached } = await walkAll(journeyOf([where]));
    expect(unreached).toEqual([]);
    expect(paths.map(({ sends }) => sends[0]?.step)).toEqual(['ring', 'mail']);
  });

  it('give the contact as many past events as a condition counts', async () => {
    const often: Step = {
      id: 'often',
      type: 'decide',
      question: 'How often?',
      branches: [
        { answer: 'Often', if: { did: 'Signed In', times: { atLeast: 12 }, inLast: '30 days' }, steps: [] },
        { answer: 'Seldom', if: { not: { did: 'Signed In', times: { atLeast: 3 } } }, steps: [] },
      ],
      otherwise: { answer: 'Sometimes', steps: [] },
    };
    const { paths, unreachedLeaves } = await walkAll(journeyOf([often]));
    expect(unreachedLeaves).toEqual([]);
    expect(paths.map(({ timeline }) => timeline[0]?.answer)).toEqual(['Often', 'Seldom', 'Sometimes']);
  });

  it('draw the same arms for one contact each time, where the split is sticky', async () => {
    const arms = [1, 2, 3, 4].map((n) => ({ name: `arm ${n}`, weight: 25, steps: [email(`mail-${n}`)] }));
    const { paths, unreached } = await walkAll(
      journeyOf([{ id: 'test', type: 'split', sticky: true, arms }]),
    );
    expect(unreached).toEqual([]);
    expect(paths.map(({ arms: drawn, sends }) => [drawn.test, sends[0]?.step])).toEqual(
      [1, 2, 3, 4].map((n) => [`arm ${n}`, `mail-${n}`]),
    );
  });

  it('tell why a step is not reached, where that can be known', async () => {
    const inner: Step = {
      id: 'retired',
      type: 'decide',
      question: 'Retired?',
      branches: [{ answer: 'Yes', if: { contact: 'age', above: 65 }, steps: [email('nobody')] }],
      otherwise: { answer: 'No', steps: [] },
    };
    const steps: Step[] = [
      {
        id: 'age',
        type: 'decide',
        question: 'How old?',
        branches: [{ answer: 'Child', if: { contact: 'age', below: 18 }, steps: [inner] }],
        otherwise: { answer: 'Adult', steps: [] },
      },
      {
        id: 'test',
        type: 'split',
        arms: [
          { name: 'all', weight: 100, steps: [] },
          { name: 'none', weight: 0, steps: [email('never')] },
        ],
      },
    ];
    const { unreached, reasons } = await walkAll(journeyOf(steps));
    expect(unreached).toEqual(expect.arrayContaining(['nobody', 'never']));
    expect(reasons.nobody).toBe('no contact was found for whom, with all that comes before, age is above 65');
    expect(reasons.never).toBe('the arm "none" of "test" has the weight 0');
  });

  it('push to a phone that the client knows', async () => {
    const push: Step = { id: 'ring', type: 'push', title: 'Hello', body: 'There you are' };
    const { paths } = await walkAll(journeyOf([decide('vip', [push], [pause('rest', '1 hour')])]));
    expect(paths[0]?.sends).toMatchObject([{ step: 'ring', channel: 'push' }]);
  });

  it.each<[string, Trigger]>([
    ['an event', { event: 'Signed Up' }],
    ['a form', { form: 'sign-up' }],
    ['a tag', { tag: 'vip' }],
    ['a segment that is entered', { segment: 'dormant', when: 'enters' }],
    ['a segment that is left', { segment: 'dormant', when: 'leaves' }],
    ['a date', { date: 'contact.renewalDate', offset: '-30 days', at: '09:00' }],
    ['a bare date', { date: 'contact.renewalDate' }],
    ['a hand', { manual: true }],
  ])('begin with %s', async (_, on) => {
    const { paths } = await walkAll(journeyOf([email('hello')], { enter: { on: [on] } }));
    expect(paths).toMatchObject([{ ended: { how: 'completed' }, sends: [{ step: 'hello' }] }]);
  });
});

it('tells the way that was really taken', async () => {
  const big = { segment: 'big', when: 'enters' as const };
  const steps: Step[] = [
    {
      ...{ id: 'growth', type: 'waitFor', atMost: '5 days', otherwise: { steps: [] } },
      branches: [{ answer: 'Big again', on: big, steps: [] }],
    },
    {
      ...{ id: 'size', type: 'decide', question: 'Big?', otherwise: { answer: 'No', steps: [] } },
      branches: [{ answer: 'Yes', if: { segment: 'big' }, steps: [] }],
    },
  ];
  const { paths } = await walkAll(journeyOf(steps, { enter: { on: [big] } }));
  for (const { answers, timeline } of paths) expect(answers).toEqual(timeline.map(({ answer }) => answer));
});
