import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import type { Journey, Step } from '#statemachines/document/schema';
import {
  call,
  decide,
  email,
  everyStep,
  halves,
  journeyOf,
  pause,
  referenceJourney,
  syntheticJourney,
  waitForClick,
} from '#test/builders/journeys';
import { sampleIds, sampleJourney } from '#test/builders/sample-journeys';
import type { Machine, TaskState } from './asl.ts';
import { compile, runStepPlaceholder } from './compile.ts';
import { checkLimits } from './limits.ts';

const machineOf = (...steps: Step[]): Machine => compile(journeyOf(steps)).asl;
const task = (asl: Machine, name: string): TaskState => {
  const state = asl.States[name];
  if (state?.Type !== 'Task') throw new Error(`${name} is no task`);
  return state;
};
const own = (asl: Machine): string[] =>
  Object.keys(asl.States).filter((name) => !['Aside', 'Hold', 'Resume', 'Ended', 'Failed'].includes(name));
// The validator writes into what it is given.
const faults = (asl: Machine) => validate(structuredClone(asl)).errors;

describe('a compiled journey', () => {
  it.each(sampleIds)('%s reads as reviewed', async (id) => {
    const text = `${JSON.stringify(compile(sampleJourney(id)).asl, null, 2)}\n`;

    await expect(text).toMatchFileSnapshot(`golden/${id}.golden.json`);
  });

  it.each([
    ...sampleIds.map((id) => [id, sampleJourney(id)] as const),
    ['reference', referenceJourney()] as const,
    ['synthetic', syntheticJourney(200)] as const,
    ['everything', everyStep()] as const,
  ])('is accepted by the validator of the language and within the limits: %s', (_, journey) => {
    const { asl, text } = compile(journey);

    expect(faults(asl)).toEqual([]);
    expect(checkLimits(asl, text)).toEqual([]);
  });

  it('is the same text each time', () => {
    const again = JSON.parse(JSON.stringify(syntheticJourney(100))) as Journey;

    expect(compile(again).text).toBe(compile(syntheticJourney(100)).text);
  });

  it('calls the function it is told to, and no other', () => {
    const { text } = compile(sampleJourney('demo-follow-up'), { runStep: 'acme-run-step' });

    expect(new Set(text.match(/"FunctionName":"[^"]*"/g))).toEqual(
      new Set(['"FunctionName":"acme-run-step"']),
    );
    expect(text).not.toContain('${');
  });

  it('holds one placeholder that a deployment fills in', () => {
    const { text } = compile(sampleJourney('demo-follow-up'));

    expect(new Set(text.match(/\$\{[^}]*\}?/g))).toEqual(new Set([runStepPlaceholder]));
  });
});

describe('an action', () => {
  it('takes in the wait that follows it', () => {
    const asl = machineOf(email('hello'), pause('rest', '2 days'), email('bye'));

    expect(own(asl)).toEqual(['hello · rest', 'bye']);
    expect(task(asl, 'hello · rest')).toMatchObject({
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { Payload: { do: 'hello', wait: 'rest', token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: 172_800,
      Next: 'bye',
    });
    expect(task(asl, 'hello · rest').Catch[0]).toEqual({ ErrorEquals: ['States.Timeout'], Next: 'bye' });
  });

  it('takes in a wait for something to happen, and needs no choice for a single answer', () => {
    const asl = machineOf(
      email('hello'),
      waitForClick('reaction', 'hello', [], [email('nudge')]),
      email('bye'),
    );

    expect(own(asl)).toEqual(['hello · reaction', 'nudge', 'bye']);
    expect(task(asl, 'hello · reaction')).toMatchObject({ Next: 'bye', TimeoutSeconds: 259_200 });
    expect(task(asl, 'hello · reaction').Catch[0]).toMatchObject({ Next: 'nudge' });
  });

  it('takes in a wait that comes after its branch', () => {
    const asl = machineOf(decide('vip', [email('gift')], [email('news')]), pause('rest'), email('bye'));

    expect(own(asl)).toEqual(['Is it vip?', 'Is it vip? →', 'gift · rest', 'news · rest', 'bye']);
  });

  it('has the wall clock read for the wait after it', () => {
    const asl = machineOf(
      email('hello'),
      { id: 'morning', type: 'wait', until: { time: '09:30' } },
      email('bye'),
    );

    expect(own(asl)).toEqual(['hello', 'morning (until then)', 'bye']);
    expect(task(asl, 'hello')).toMatchObject({
      Arguments: { Payload: { do: 'hello', due: 'morning' } },
      Assign: { seconds: '{% $states.result.Payload.seconds %}' },
    });
    expect(task(asl, 'morning (until then)')).toMatchObject({
      TimeoutSeconds: '{% $seconds %}',
      Next: 'bye',
    });
  });

  it('completes the run where nothing follows', () => {
    const asl = machineOf(email('hello'));

    expect(task(asl, 'hello')).toMatchObject({ End: true, Output: { how: 'completed' } });
    expect(own(asl)).toEqual(['hello']);
  });
});

describe('a wait', () => {
  it('without an action before it asks for its own length when the wall clock decides', () => {
    const asl = machineOf({ id: 'morning', type: 'wait', until: { time: '09:30' } }, email('bye'));

    expect(task(asl, 'morning')).toMatchObject({
      Arguments: { Payload: { due: 'morning' } },
      Next: 'morning (until then)',
    });
  });

  it('at the end completes the run by its timeout', () => {
    const asl = machineOf(email('hello'), pause('rest'));

    expect(own(asl)).toEqual(['hello · rest', 'Completed']);
    expect(asl.States.Completed).toEqual({ Type: 'Succeed', Output: { how: 'completed' } });
  });

  it('for several answers routes by their numbers', () => {
    const asl = machineOf(call(['reached', 'busy'], ['reached', 'busy']), email('bye'));

    expect(asl.States['call →']).toEqual({
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.Payload.answer = 0 %}', Next: 'after-reached' },
        { Condition: '{% $states.input.Payload.answer = 1 %}', Next: 'after-busy' },
      ],
      Default: 'bye',
    });
  });

  it('for a colleague gives the task and waits in one state', () => {
    const asl = machineOf(call(['reached'], ['reached']), email('bye'));

    expect(task(asl, 'call')).toMatchObject({
      Arguments: { Payload: { do: 'call', wait: 'call' } },
      Next: 'after-reached',
    });
  });

  it('leads an outcome that no branch has to where nothing was answered', () => {
    const asl = machineOf(call(['reached', 'busy'], ['reached']), email('bye'));

    expect(asl.States['call →']).toMatchObject({ Choices: [{ Next: 'after-reached' }], Default: 'bye' });
  });
});

describe('a decision', () => {
  it('is one task and one choice by number', () => {
    const asl = machineOf(decide('vip', [email('gift')], [email('news')]));

    expect(own(asl)).toEqual(['Is it vip?', 'Is it vip? →', 'gift', 'news']);
    expect(asl.States['Is it vip? →']).toEqual({
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.Payload.answer = 0 %}', Next: 'gift' }],
      Default: 'news',
    });
  });

  it('needs no choice where every answer leads to the same step', () => {
    const asl = machineOf(halves('test', [], []), email('bye'));

    expect(own(asl)).toEqual(['test', 'bye']);
  });

  it('that is skipped goes on after its branches', () => {
    const asl = machineOf(
      decide('vip', [email('gift')], [email('news')], { if: { tag: 'known' } }),
      email('bye'),
    );

    expect(asl.States['Is it vip? →']).toMatchObject({
      Choices: [{ Next: 'gift' }, { Condition: '{% $states.input.Payload.answer = -2 %}', Next: 'bye' }],
      Default: 'news',
    });
  });
});

describe('an exit', () => {
  it('is a leaf with its words', () => {
    const asl = machineOf(email('hello'), { id: 'stop', type: 'exit', as: 'Not now' });

    expect(asl.States.stop).toEqual({
      Type: 'Succeed',
      Output: { how: 'exited', as: 'Not now', step: 'stop' },
    });
    expect(task(asl, 'hello').Next).toBe('stop');
  });

  it('with a condition asks first', () => {
    const asl = machineOf({ id: 'stop', type: 'exit', if: { tag: 'gone' } }, email('hello'));

    expect(own(asl)).toEqual(['stop', 'stop →', 'stop (exit)', 'hello']);
    expect(asl.States['stop →']).toMatchObject({
      Choices: [{ Condition: '{% $states.input.Payload.answer = -2 %}', Next: 'hello' }],
      Default: 'stop (exit)',
    });
  });

  it('leaves what can never be reached out', () => {
    const asl = machineOf(email('hello'), { id: 'stop', type: 'exit' }, email('never'));

    expect(own(asl)).toEqual(['hello', 'stop']);
  });
});

describe('a hold', () => {
  it('comes back to each state that performs a step', () => {
    const asl = machineOf(email('hello'), pause('rest'), decide('vip', [email('gift')], []));

    expect(asl.States.Resume).toMatchObject({
      Choices: [
        { Condition: "{% $held.step = 'hello' %}", Next: 'hello · rest' },
        { Condition: "{% $held.step = 'vip' %}", Next: 'Is it vip?' },
        { Condition: "{% $held.step = 'gift' %}", Next: 'gift' },
      ],
    });
  });

  it('gives way to the names of the author', () => {
    const asl = machineOf(email('hello', { name: 'Hold' }), email('aside', { name: 'Aside' }));

    expect(Object.keys(asl.States)).toEqual([
      'Hold',
      'Aside',
      'Aside (Wayleaf)',
      'Hold (Wayleaf)',
      'Resume',
      'Ended',
      'Failed',
    ]);
    expect(task(asl, 'Hold').Catch).toEqual([{ ErrorEquals: ['States.ALL'], Next: 'Aside (Wayleaf)' }]);
  });

  it('is left out of a machine that performs nothing', () => {
    const waits = machineOf(pause('rest'));
    const nothing = machineOf({ id: 'stop', type: 'exit' });

    expect(Object.keys(waits.States)).toEqual(['rest', 'Completed', 'Aside', 'Ended', 'Failed']);
    expect(Object.keys(nothing.States)).toEqual(['stop']);
  });
});
