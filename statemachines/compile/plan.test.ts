import { describe, expect, it } from 'vitest';
import { decide, email, halves, journeyOf, pause, waitForClick } from '#test/builders/journeys';
import { sampleJourney } from '#test/builders/sample-journeys';
import { createPlan, type Plan } from './plan.ts';

const edges = (plan: Plan, id: string) =>
  plan.nodes.get(id)?.edges.map(({ kind, label, to }) => [kind, label, to].filter(Boolean).join(' '));
const leafIds = (plan: Plan) => plan.leaves.map(({ id }) => id);

describe('the plan', () => {
  it('leads the branches of a decision to the step after it', () => {
    const plan = createPlan(journeyOf([decide('vip', [email('gift')], []), email('bye')]));

    expect(edges(plan, 'vip')).toEqual(['answer Yes gift', 'otherwise No bye']);
    expect(edges(plan, 'gift')).toEqual(['next bye']);
    expect(edges(plan, 'bye')).toEqual(['next #end']);
  });

  it('leads a branch that ends inside others to the step after the outermost', () => {
    const inner = decide('large', [email('call')], []);
    const plan = createPlan(journeyOf([decide('vip', [inner], []), email('bye')]));

    expect(edges(plan, 'call')).toEqual(['next bye']);
    expect(edges(plan, 'large')).toEqual(['answer Yes call', 'otherwise No bye']);
  });

  it('ends the way at an exit, and goes on where the exit asks first', () => {
    const plan = createPlan(
      journeyOf([
        { id: 'maybe', type: 'exit', if: { tag: 'gone' } },
        email('hello'),
        { id: 'stop', type: 'exit', as: 'Done' },
      ]),
    );

    expect(edges(plan, 'maybe')).toEqual(['skip hello']);
    expect(edges(plan, 'stop')).toEqual([]);
  });

  it('lets only steps with branches leave by their own "if"', () => {
    const asks = { if: { tag: 'vip' } };
    const plan = createPlan(
      journeyOf([
        email('gift', asks),
        pause('rest', '1 day', asks),
        decide('vip', [], [], asks),
        email('bye'),
      ]),
    );

    expect(edges(plan, 'gift')).toEqual(['next rest']);
    expect(edges(plan, 'rest')).toEqual(['next vip']);
    expect(edges(plan, 'vip')).toEqual(['answer Yes bye', 'otherwise No bye', 'skip bye']);
  });

  it('keeps its nodes in the order of the document', () => {
    const plan = createPlan(journeyOf([decide('vip', [email('a')], [email('b')]), email('c')]));

    expect([...plan.nodes.keys()]).toEqual(['vip', 'a', 'b', 'c', '#end']);
  });

  it('names nodes by their author, else by the question, else by their id', () => {
    const plan = createPlan(
      journeyOf([email('a', { name: 'Say hello' }), decide('vip', [], []), email('c')]),
    );

    expect([...plan.nodes.values()].map(({ name }) => name)).toEqual([
      'Say hello',
      'Is it vip?',
      'c',
      'Completed',
    ]);
  });

  it('refuses ids that a checked document cannot hold, as they are written into expressions', () => {
    expect(() => createPlan(journeyOf([email("x' or 'a'='a")]))).toThrow('is no id of a step');
    expect(() => createPlan(journeyOf([email('a'), email('a')]))).toThrow('two steps are called "a"');
  });
});

describe('the leaves', () => {
  it('are the last answers of the sample journeys', () => {
    expect(leafIds(createPlan(sampleJourney('demo-follow-up')))).toEqual([
      'reaction/Clicked',
      'subject-test/question',
      'subject-test/proof',
      'call/reached',
      'call/no answer',
      'call/otherwise',
      'size/Smaller',
    ]);
    expect(leafIds(createPlan(sampleJourney('increase-engagement')))).toEqual([
      'engagement-level/High engagement',
      'last-purchase/Recent purchase',
      'came-back/Clicked',
      'came-back/Silent',
      'engagement-level/Neutral engagement',
    ]);
  });

  it('are one where nothing is asked: the end, or the exit', () => {
    expect(leafIds(createPlan(journeyOf([email('a')])))).toEqual(['end']);
    expect(leafIds(createPlan(journeyOf([email('a'), { id: 'stop', type: 'exit' }])))).toEqual(['stop']);
  });

  it('count an exit once: as its branch where it ends one, else by its id', () => {
    const ends = decide('vip', [email('a'), { id: 'inner', type: 'exit' }], []);
    const asks = { id: 'maybe', type: 'exit', if: { tag: 'x' } } as const;

    expect(leafIds(createPlan(journeyOf([ends])))).toEqual(['vip/Yes', 'vip/No']);
    expect(leafIds(createPlan(journeyOf([ends, { id: 'stop', type: 'exit' }])))).toEqual([
      'vip/Yes',
      'vip/No',
      'stop',
    ]);
    expect(leafIds(createPlan(journeyOf([asks, email('a')])))).toEqual(['maybe', 'end']);
  });

  it('hold the way past a step with branches that is skipped', () => {
    const plan = createPlan(journeyOf([waitForClick('answer', 'a', [], [], { if: { tag: 'x' } })]));

    expect(leafIds(plan)).toEqual(['answer/Clicked', 'answer/Silent', 'answer/skipped']);
  });

  it('differ where two answers of a step read the same', () => {
    const plan = createPlan(
      journeyOf([halves('test', [], []), { ...halves('other', [], []), arms: sameNames } as never]),
    );

    expect(leafIds(plan).slice(2)).toEqual(['other/one', 'other/one (2)']);
  });
});

const sameNames = [
  { name: 'one', weight: 50, steps: [] },
  { name: 'one', weight: 50, steps: [] },
];
