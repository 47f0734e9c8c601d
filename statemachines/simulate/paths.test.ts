import { describe, expect, it } from 'vitest';
import type { Condition } from '#conditions/schema';
import {
  decide,
  email,
  halves,
  journeyOf,
  pause,
  syntheticJourney,
  waitForClick,
} from '#test/builders/journeys';
import { rehearse } from '#test/builders/rehearse';
import { sampleIds, sampleJourney } from '#test/builders/sample-journeys';
import { createPlan } from '../compile/plan.ts';
import type { Journey, Step } from '../document/schema.ts';
import { enumeratePaths, type Path, type PathsOptions } from './paths.ts';

const start = Date.parse('2026-03-02T10:00:00Z');
const pathsOf = (journey: Journey, options: Partial<PathsOptions> = {}) =>
  enumeratePaths(journey, { start, ...options });

const asks = (condition: Condition): Step => ({
  id: 'ask',
  type: 'decide',
  question: 'Is it so?',
  branches: [{ answer: 'Yes', if: condition, steps: [email('yes')] }],
  otherwise: { answer: 'No', steps: [email('no')] },
});
const answered = (paths: readonly Path[], step = 'ask') =>
  paths.map((path) => path.answers.find((each) => each.step === step)?.answer);

/** Each path, played, takes the very answers and steps that it names. */
const expectPlayed = (journey: Journey, paths: readonly Path[]) => {
  for (const path of paths) {
    const { answers, steps } = rehearse(journey, path, start);
    expect({ answers, steps }).toEqual({ answers: path.answers, steps: path.steps });
  }
};

describe('the paths of a journey', () => {
  it.each(sampleIds)('reach every leaf and step of %s', (id) => {
    const { paths, unreached, unreachedLeaves, complete } = pathsOf(sampleJourney(id));

    expect(new Set(paths.flatMap(({ leaves }) => leaves))).toEqual(
      new Set(createPlan(sampleJourney(id)).leaves.map((leaf) => leaf.id)),
    );
    expect({ unreached, unreachedLeaves, complete }).toEqual({
      unreached: [],
      unreachedLeaves: [],
      complete: true,
    });
    expectPlayed(sampleJourney(id), paths);
  });

  it('go round an exit that would end them before they come to a later branch', () => {
    const journey = journeyOf([
      decide('automatic', [{ id: 'told', type: 'exit', as: 'Told' }], []),
      pause('month', '30 days'),
      asks({ contact: 'contractValue', atLeast: 10_000 }),
    ]);
    const { paths, unreached } = pathsOf(journey);

    expect(unreached).toEqual([]);
    expect(answered(paths)).toEqual([undefined, 'Yes', 'No']);
    expectPlayed(journey, paths);
  });

  it('say what makes a contact take them', () => {
    const [first] = pathsOf(sampleJourney('demo-follow-up')).paths;

    expect(first).toMatchObject({
      leaf: 'call/reached',
      leaves: ['reaction/Clicked', 'call/reached'],
      contact: { companySize: 50, consent: ['email', 'sms'], timezone: 'UTC' },
      trigger: { on: { form: 'demo-request' } },
      events: [
        { at: '+1 day', message: 'confirm', was: 'clicked' },
        { task: 'call', outcome: 'reached' },
      ],
    });
  });

  it('cover every branch, not every combination', () => {
    const questions = Array.from({ length: 12 }, (_, i) =>
      decide(`q-${i}`, [email(`y-${i}`)], [email(`n-${i}`)]),
    );

    const { paths, unreached } = pathsOf(journeyOf(questions));

    expect(unreached).toEqual([]);
    expect(paths.length).toBeLessThanOrEqual(3);
  });

  it('are one where nothing is asked', () => {
    const { paths } = pathsOf(journeyOf([email('hello'), pause('rest'), email('bye')]));

    expect(paths.map(({ leaf, steps }) => [leaf, steps])).toEqual([['end', ['hello', 'rest', 'bye']]]);
  });

  it('name the arm that a draw must give', () => {
    const { paths } = pathsOf(journeyOf([halves('test', [email('a')], [email('b')])]));

    expect(paths.map(({ arms }) => arms)).toEqual([{ test: 'first' }, { test: 'second' }]);
  });

  it('stop at as many as are allowed, and say so', () => {
    const { paths, complete } = pathsOf(syntheticJourney(200), { atMost: 3 });

    expect(paths).toHaveLength(3);
    expect(complete).toBe(false);
  });

  it('are the same each time', () => {
    expect(pathsOf(syntheticJourney(100))).toEqual(pathsOf(syntheticJourney(100)));
  });

  it.each([30, 100, 200])('lead where they say, in a journey of %i steps', (steps) => {
    const journey = syntheticJourney(steps);
    const { paths } = pathsOf(journey);

    expect(paths.length).toBeGreaterThan(3);
    expectPlayed(journey, paths);
  });
});

describe('a contact', () => {
  const conditions: Condition[] = [
    { contact: 'plan', is: 'pro' },
    { contact: 'plan', isNot: 'pro' },
    { contact: 'plan', in: ['pro', 'team'] },
    { contact: 'plan', notIn: ['pro', 'team'] },
    { contact: 'size', atLeast: 10, below: 11 },
    { contact: 'size', above: 10 },
    { contact: 'email', endsWith: '@acme.example' },
    { contact: 'url', startsWith: 'https://', endsWith: '.example' },
    { contact: 'interests', contains: 'sailing' },
    { contact: 'nickname', exists: true },
    { contact: 'firstName', exists: false },
    { contact: 'address.city', is: 'Berlin' },
    { contact: 'birthday', before: '2000-01-01' },
    { contact: 'birthday', after: '2000-01-01T00:00:00Z' },
    { contact: 'seenAt', inLast: '30 days' },
    { contact: 'renewalDate', inNext: '30 days' },
    { score: { atLeast: 50 } },
    { contact: 'score', above: 7 },
    { stage: 'lead' },
    { tag: 'vip' },
    { consent: 'news' },
    { not: { consent: 'email' } },
    { did: 'Order Completed' },
    { did: 'Order Completed', times: { atLeast: 3 }, inLast: '30 days' },
    { did: 'Order Completed', times: { below: 2 } },
    { did: 'Order Completed', where: { trigger: 'properties.total', above: 100 } },
    { trigger: 'properties.source', is: 'fair' },
    { all: [{ tag: 'a' }, { any: [{ tag: 'b' }, { not: { tag: 'c' } }] }] },
    { any: [{ all: [{ tag: 'a' }, { not: { tag: 'a' } }] }, { contact: 'n', is: 3 }] },
  ];

  it.each(conditions.map((condition) => [JSON.stringify(condition), condition] as const))(
    'is made for both answers to %s',
    (_, condition) => {
      const journey = journeyOf([asks(condition)]);
      const { paths } = pathsOf(journey);

      expect(answered(paths).sort()).toEqual(['No', 'Yes']);
      expectPlayed(journey, paths);
    },
  );

  it('fits the conditions of entry and of a later question at once', () => {
    const enter = {
      on: [{ event: 'Signed Up' }],
      if: {
        all: [
          { contact: 'n', atLeast: 10 },
          { contact: 'n', below: 20 },
        ],
      },
    };
    const journey = journeyOf([asks({ contact: 'n', above: 15 })], { enter });
    const { paths } = pathsOf(journey);

    expect(answered(paths)).toEqual(['Yes', 'No']);
    expect(paths.every(({ contact }) => Number(contact.n) >= 10 && Number(contact.n) < 20)).toBe(true);
    expectPlayed(journey, paths);
  });

  it('is judged with what the journey changed before', () => {
    const change: Step = {
      id: 'change',
      type: 'update',
      addScore: 20,
      addTags: ['lead'],
      set: { plan: 'pro' },
      stage: 'lead',
    };
    const enter = { on: [{ event: 'Signed Up' }], if: { score: { below: 40 } } };
    const points = journeyOf([change, asks({ score: { atLeast: 50 } })], { enter });

    expect(answered(pathsOf(points).paths)).toEqual(['Yes', 'No']);
    for (const known of [{ tag: 'lead' }, { contact: 'plan', is: 'pro' }, { stage: 'lead' }])
      expect(pathsOf(journeyOf([change, asks(known)]))).toMatchObject({
        unreached: ['no'],
        unreachedLeaves: ['ask/No'],
      });
    expectPlayed(points, pathsOf(points).paths);
  });

  it('is in a segment by its definition', () => {
    const journey = journeyOf([asks({ segment: 'large' })]);
    const segments = { large: { if: { contact: 'size', above: 100 } } };

    expect(pathsOf(journey, { segments }).paths.map(({ contact }) => contact.size)).toEqual([101, 100]);
    expect(pathsOf(journey).unreached).toEqual(['yes']);
  });

  it('never has a member that only looks like data', () => {
    const { paths } = pathsOf(journeyOf([asks({ contact: '__proto__.admin', is: true } as Condition)]));

    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect(answered(paths)).toContain('No');
  });
});

describe('what happens on a way', () => {
  it('is heard by a wait, halfway through it, and the rest of the time is silent', () => {
    const journey = journeyOf([email('m'), waitForClick('ask', 'm', [email('a')], [email('b')])]);
    const { paths } = pathsOf(journey);

    expect(paths.map(({ events }) => events)).toEqual([
      [{ at: '+36 hours', message: 'm', was: 'clicked' }],
      [],
    ]);
    expectPlayed(journey, paths);
  });

  it('comes after a message that quiet hours hold', () => {
    const sending = { quietHours: { from: '09:00', to: '18:00' } };
    const journey = journeyOf([email('m'), waitForClick('ask', 'm', [], [])], { sending });

    expect(pathsOf(journey).paths[0]?.events).toEqual([{ at: '+44 hours', message: 'm', was: 'clicked' }]);
  });

  it('cannot come from a message that was not sent', () => {
    const journey = journeyOf([
      decide('vip', [email('gift')], []),
      waitForClick('ask', 'gift', [email('a')], []),
    ]);
    const { paths, unreached } = pathsOf(journey);

    expect(unreached).toEqual([]);
    expect(paths.filter(({ events }) => events.length > 0).every(({ steps }) => steps.includes('gift'))).toBe(
      true,
    );
    expectPlayed(journey, paths);
  });

  it('answers a later wait for the same at once, so that its other branches are out of reach', () => {
    const twice = journeyOf([
      email('m'),
      waitForClick('first', 'm', [waitForClick('second', 'm', [email('a')], [email('b')])], []),
    ]);

    expect(pathsOf(twice)).toMatchObject({ unreached: ['b'], unreachedLeaves: ['second/Silent'] });
    expectPlayed(twice, pathsOf(twice).paths);
  });

  it('is what a later question asks about a message', () => {
    const journey = journeyOf([email('m'), pause('rest', '2 days'), asks({ message: 'm', was: 'opened' })]);
    const { paths } = pathsOf(journey);

    expect(answered(paths)).toEqual(['Yes', 'No']);
    expect(paths[0]?.events).toEqual([{ at: '+1 day', message: 'm', was: 'opened' }]);
    expectPlayed(journey, paths);
  });

  it('ends no run by its goal or an exit rule: a branch that waits for those is out of reach', () => {
    const waits = (event: string): Step => ({
      id: 'ask',
      type: 'waitFor',
      branches: [{ answer: 'Yes', on: { event }, steps: [email('yes')] }],
      atMost: '2 days',
      otherwise: { steps: [] },
    });
    const members = { goal: { on: { event: 'Won' } }, exit: [{ on: { event: 'Lost' } }] };

    expect(pathsOf(journeyOf([waits('Won')], members)).unreached).toEqual(['yes']);
    expect(pathsOf(journeyOf([waits('Lost')], members)).unreached).toEqual(['yes']);
    expect(pathsOf(journeyOf([waits('Other')], members)).unreached).toEqual([]);
    expect(
      pathsOf(journeyOf([waits('Won')], { goal: { on: { event: 'Won' }, exit: false } })).unreached,
    ).toEqual([]);
  });

  it('takes the first of two branches on one event whose condition holds', () => {
    const journey = journeyOf([
      {
        id: 'ask',
        type: 'waitFor',
        branches: [
          {
            answer: 'Large',
            on: { event: 'Ordered' },
            if: { trigger: 'properties.total', above: 100 },
            steps: [],
          },
          { answer: 'Small', on: { event: 'Ordered' }, steps: [] },
        ],
        atMost: '2 days',
        otherwise: { answer: 'None', steps: [] },
      },
    ]);
    const { paths } = pathsOf(journey);

    expect(answered(paths)).toEqual(['Large', 'Small', 'None']);
    expectPlayed(journey, paths);
  });

  it('may lie before the run, where that is asked for, but never starts another', () => {
    const journey = journeyOf([asks({ did: 'Visited', inLast: '7 days' })]);

    expect(pathsOf(journey).paths[0]?.events).toEqual([{ at: '-1 hour', event: 'Visited', properties: {} }]);
    expect(pathsOf(journeyOf([asks({ did: 'Signed Up', times: { atLeast: 2 } })])).unreached).toEqual([
      'yes',
    ]);
  });
});

describe('what no path reaches', () => {
  it('are branches that contradict what came before', () => {
    const journey = journeyOf([
      decide(
        'vip',
        [
          decide('vip-again', [email('a')], [email('never')], {
            branches: [{ answer: 'Yes', if: { contact: 'vip', is: true }, steps: [email('a')] }],
          }),
        ],
        [],
      ),
    ]);

    expect(pathsOf(journey)).toMatchObject({ unreached: ['never'], unreachedLeaves: ['vip-again/No'] });
  });

  it('are arms without weight, and steps whose condition is never met', () => {
    const arms = [
      { name: 'all', weight: 100, steps: [email('a')] },
      { name: 'none', weight: 0, steps: [email('b')] },
    ];
    const never = { if: { all: [{ tag: 'x' }, { not: { tag: 'x' } }] } };
    const journey = journeyOf([
      { id: 'test', type: 'split', arms },
      email('c', never),
      email('d', { if: { tag: 'x' } }),
    ]);

    expect(pathsOf(journey).unreached).toEqual(['b', 'c']);
  });

  it('is everything where nobody may enter', () => {
    const enter = { on: [{ event: 'X' }], if: { all: [{ tag: 'x' }, { not: { tag: 'x' } }] } };

    expect(pathsOf(journeyOf([email('a')], { enter }))).toMatchObject({
      paths: [],
      unreached: ['a'],
    });
  });

  it('is what stands behind an exit that is always taken', () => {
    const journey = journeyOf([{ id: 'stop', type: 'exit' }, email('never')]);

    expect(pathsOf(journey)).toMatchObject({
      unreached: ['never'],
      paths: [{ leaf: 'stop', steps: ['stop'] }],
    });
  });

  it('is not what stands behind an exit with a condition', () => {
    const journey = journeyOf([{ id: 'stop', type: 'exit', if: { tag: 'gone' } }, email('on')]);
    const { paths, unreached } = pathsOf(journey);

    expect(unreached).toEqual([]);
    expect(paths.map(({ leaf }) => leaf)).toEqual(['stop', 'end']);
    expectPlayed(journey, paths);
  });
});
