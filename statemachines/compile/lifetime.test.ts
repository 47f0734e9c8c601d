import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { decide, email, journeyOf, pause, syntheticJourney } from '#test/builders/journeys';
import type { ChoiceState, Machine, TaskState } from './asl.ts';
import { compile } from './compile.ts';
import { checkLimits } from './limits.ts';
import { createPlan } from './plan.ts';

const again = (step: string, members: object = {}): Step => ({
  ...{ id: 'again', type: 'goto', step, atMost: 3 },
  ...members,
});
const machineOf = (...steps: Step[]): Machine => compile(journeyOf(steps)).asl;
const faults = (asl: Machine) => validate(structuredClone(asl)).errors;
const begins = ({ States, StartAt }: Machine) => States[StartAt]?.Type;
const tasks = ({ States }: Machine) =>
  Object.values(States).filter((state): state is TaskState => state.Type === 'Task');

const retried: Step[] = [
  {
    ...{
      id: 'call',
      type: 'task',
      team: 'sales',
      title: 'Call',
      outcomes: ['reached', 'no answer'],
      atMost: '4 days',
    },
    branches: [{ answer: 'no answer', steps: [pause('three-days', '3 days'), again('call')] }],
    otherwise: { steps: [] },
  } as Step,
  email('after'),
];

describe('a loop', () => {
  it('reads as reviewed', async () => {
    const text = `${JSON.stringify(machineOf(...retried), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('golden/a-loop.golden.json');
  });

  it.each([
    ['over a mail and its wait', [email('a'), pause('b'), again('a')]],
    ['out of a branch', retried],
    ['to an exit', [email('a'), again('out'), email('b'), { id: 'out', type: 'exit' }]],
    ['with a condition', [email('a'), pause('b'), again('a', { if: { tag: 'vip' } }), email('c')]],
    ['to the step after it', [again('b'), email('b')]],
    ['at the very end', [email('a'), pause('b', '3 days'), again('a')]],
    ['into a branch', [again('in'), decide('x', [email('in')], [])]],
  ] as [string, Step[]][])('is a machine that Step Functions takes: %s', (_, steps) => {
    const { asl, text } = compile(journeyOf(steps));
    expect(faults(asl)).toEqual([]);
    expect(checkLimits(asl, text)).toEqual([]);
  });

  it('tells every step which visit it is, a hold too', () => {
    const asl = machineOf(...retried);
    expect(tasks(asl).map(({ Arguments }) => Arguments.Payload.visit)).toEqual(
      tasks(asl).map(() => '{% $visit %}'),
    );
  });

  it('is an edge of the plan, beside the one that goes on', () => {
    const { edges } = createPlan(journeyOf([email('a'), pause('b'), again('a'), email('c')])).nodes.get(
      'again',
    )!;
    expect(edges).toEqual([
      { to: 'a', kind: 'jump', index: 0, label: 'at most 3 times' },
      { to: 'c', kind: 'next' },
    ]);
  });

  it('is never merged with a wait that follows it', () => {
    const asl = machineOf(email('a'), pause('b'), again('a'), pause('c'), email('d'));
    expect(asl.States.again).toMatchObject({ Resource: 'arn:aws:states:::lambda:invoke', Next: 'again →' });
  });

  it('refuses to lead to a step that is not there', () =>
    expect(() => createPlan(journeyOf([again('nowhere')]))).toThrow('"nowhere"'));

  it('fits with 2,000 steps', () => {
    const journey = syntheticJourney(1_999);
    journey.steps.push(again(journey.steps[0]!.id));
    const { asl, text } = compile(journey, { runStep: 'x'.repeat(40) });
    expect(checkLimits(asl, text)).toEqual([]);
  });

  it('of a large machine sets what its states share on each way that enters it', () => {
    const journey = syntheticJourney(1_999);
    journey.steps.push(again(journey.steps[0]!.id));
    const { asl } = compile(journey, { runStep: 'x'.repeat(40) });
    const start = asl.States[asl.StartAt] as ChoiceState;
    expect(start.Assign).toMatchObject({ visit: 1, f: 'x'.repeat(40) });
    expect(start.Choices[0]?.Assign).toMatchObject({
      f: 'x'.repeat(40),
      n: '{% $states.context.Execution.Name %}',
    });
  });
});

describe('an entry for runs that go on in another execution', () => {
  const longest = pause('long', '301 days');

  it.each([
    ['it has a loop', [email('a'), pause('b'), again('a')], true],
    ['its waits sum to more than 300 days', [pause('a', '200 days'), pause('b', '101 days')], true],
    ['a date may lie anywhere', [{ id: 'a', type: 'wait', until: { date: 'contact.renewalDate' } }], true],
    ['one wait is that long', [longest], true],
    ['its waits are shorter', [pause('a', '200 days'), pause('b', '100 days')], false],
    [
      'only branches together are that long',
      [decide('x', [pause('a', '200 days')], [pause('b', '200 days')])],
      false,
    ],
    ['a weekday comes soon', [{ id: 'a', type: 'wait', until: { time: '09:00', days: ['mon'] } }], false],
    ['a drawn length has an end', [{ id: 'a', type: 'wait', for: { between: ['1 day', '9 days'] } }], false],
  ] as [string, Step[], boolean][])('where %s: %s → %s', (_, steps, has) =>
    expect(begins(machineOf(...steps)) === 'Choice').toBe(has),
  );

  it('leads to each step that may hold, and each wait with a state of its own', () => {
    const asl = machineOf(email('a'), longest, decide('x', [pause('b')], []), pause('c'));
    const resume = asl.States.Resume as ChoiceState;
    expect(resume.Choices.map(({ Condition }) => Condition)).toEqual(
      ['a', 'x', 'long', 'b', 'c'].map((step) => `{% $held.step = '${step}' %}`),
    );
  });

  it('asks for the rest of a wait that is too long to be written down', () => {
    const asl = machineOf(email('a'), longest);
    expect(asl.States.a).toMatchObject({ Assign: { seconds: '{% $states.result.Payload.seconds %}' } });
    expect(asl.States['long (until then)']).toMatchObject({ TimeoutSeconds: '{% $seconds %}' });
    expect(faults(asl)).toEqual([]);
  });
});
