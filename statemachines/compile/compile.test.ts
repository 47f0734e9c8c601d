import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import type { Journey, Step } from '#statemachines/document/schema';
import {
  decide,
  email,
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
import { walkMachine } from './walk.ts';

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
    ['everything', everything()] as const,
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

describe("an author's text", () => {
  const hostile = [
    "{% $eval('1') %}",
    '{%$states.context.Task.Token%}',
    runStepPlaceholder,
    '{{resolve:secretsmanager:key}}',
    '__proto__',
    '"},"Next":"Failed","x":{"',
    '\u0000\u001b[31m',
    'arn:aws:states:::lambda:invoke',
  ];

  it.each(hostile)('stays text wherever it is planted: %j', (text) => {
    const { asl, text: definition } = compile(plant(text));
    const plain = compile(plant('words')).text;

    expect(expressions(definition)).toEqual(expressions(plain));
    expect(new Set(definition.match(/\$\{[^}]*\}?|\{\{/g))).toEqual(new Set([runStepPlaceholder]));
    expect(shapes(asl)).toEqual(shapes(JSON.parse(plain)));
    expect(faults(asl)).toEqual([]);
    expect(checkLimits(asl, definition)).toEqual([]);
  });

  it('is in names and leaves only: no member that looks like the machine language comes through', () => {
    const planted = {
      ...email('hello'),
      Next: 'Failed',
      Resource: 'arn:aws:states:::sns:publish',
      QueryLanguage: 'JSONPath',
    };

    expect(compile(journeyOf([planted as Step])).text).toBe(compile(journeyOf([email('hello')])).text);
  });
});

describe('the bill', () => {
  it('of the reference journey is at most 10 transitions on every way', () => {
    const { asl } = compile(referenceJourney());

    for (const active of [0, -1])
      for (const large of [0, -1]) {
        const way = walkMachine(asl, { active, large });
        expect(way.at(-1)).toBe(large === 0 ? 'Call us' : 'Self serve');
        expect(way).toHaveLength(9);
      }
  });
});

describe('a large journey', () => {
  const runStep = 'f'.repeat(40);

  it('of 2,000 steps fits, whatever it is made of', () => {
    const mails = journeyOf(
      Array.from({ length: 2000 }, (_, i) => email(`mail-${i}`, { name: `Send letter ${i}` })),
    );

    for (const journey of [syntheticJourney(2000), mails, journeyOf(binary(500))]) {
      const { asl, text } = compile(journey, { runStep });
      expect(checkLimits(asl, text)).toEqual([]);
    }
  });

  it('keeps the names of its author while there is room', () => {
    expect(own(compile(syntheticJourney(1000)).asl)).toContain('Remember what they read');
  });

  it('is written shorter where there is none: by ids, and the function in a variable set on each way', () => {
    const { asl } = compile(journeyOf([pause('first'), ...binary(650)]), { runStep });

    expect(task(asl, 'first')).toMatchObject({
      Arguments: { FunctionName: runStep },
      Assign: { f: runStep },
    });
    expect(task(asl, 'first').Catch.map(({ Assign }) => Assign?.f)).toEqual([runStep, runStep]);
    expect(task(asl, 'ask-x')).toMatchObject({
      Arguments: { FunctionName: '{% $f %}', Payload: { run: '{% $n %}' } },
    });
    expect(task(asl, 'Hold').Arguments.FunctionName).toBe(runStep);
  });

  it('has one form, however long the name of the function is', () => {
    const states = (name: string) =>
      Object.keys(compile(syntheticJourney(2000), { runStep: name }).asl.States);

    expect(states('f')).toEqual(states('f'.repeat(64)));
  });

  it('is compiled in well under a second', () => {
    const journey = syntheticJourney(2000);
    const started = performance.now();

    compile(journey);

    expect(performance.now() - started).toBeLessThan(1000);
  });
});

/** Decisions within decisions, one mail on each branch: three steps for each of `count` decisions. */
function binary(count: number, path = 'x'): Step[] {
  if (count === 0) return [email(`mail-${path}`)];
  const half = Math.floor((count - 1) / 2);
  const yes = [email(`yes-${path}`), ...binary(half, `${path}y`)];
  const no = [email(`no-${path}`), ...binary(count - 1 - half, `${path}n`)];
  return [decide(`ask-${path}`, yes, no)];
}

function call(outcomes: string[], branches: string[]): Step {
  return {
    id: 'call',
    type: 'task',
    team: 'sales',
    title: 'Call',
    outcomes,
    branches: branches.map((answer) => ({ answer, steps: [email(`after-${answer}`)] })),
    atMost: '4 days',
  };
}

/** Every step type, each way it can be compiled. */
function everything(): Journey {
  const asks = { if: { tag: 'known' } };
  return journeyOf([
    decide('vip', [email('gift')], [], asks),
    pause('rest', '0 seconds', asks),
    waitForClick('reaction', 'gift', [pause('three-days')], [{ id: 'leave', type: 'exit', ...asks }], asks),
    { id: 'drawn', type: 'wait', for: { between: ['1 day', '2 days'] } },
    { id: 'renewal', type: 'wait', until: { date: 'contact.renewalDate', offset: '-30 days' } },
    halves(
      'test',
      [{ id: 'text', type: 'sms', text: 'Hello' }],
      [{ id: 'stop', type: 'exit', as: 'Done' }],
      asks,
    ),
    call(['reached', 'busy', 'gone'], ['reached']),
    { id: 'tell', type: 'notify', team: 'sales', text: 'Look' },
    { id: 'visit', type: 'task', team: 'sales', title: 'Visit' },
    { id: 'points', type: 'update', addScore: 5 },
    { id: 'morning', type: 'wait', until: { time: '09:30' } },
  ]);
}

/** The text in every place of a document that holds an author's words. */
function plant(text: string): Journey {
  return journeyOf(
    [
      email('mail', { name: text, template: text, subject: text, data: { [text]: text } }),
      pause('rest', '1 day', { name: text }),
      decide('ask', [], [{ id: 'sms', type: 'sms', name: text, text }], { question: text }),
      { id: 'tell', type: 'notify', team: text, text },
      {
        ...call([text], []),
        name: text,
        title: text,
        script: text,
        branches: [{ answer: text, steps: [] }],
      } as Step,
      halves('test', [], [email('other')], { name: text }),
      { id: 'set', type: 'update', name: text, set: { [text]: text }, stage: text },
      { id: 'stop', type: 'exit', name: text, as: text },
    ],
    { name: text, objective: text },
  );
}

const expressions = (definition: string): string[] => definition.match(/\{%.*?%\}/g) ?? [];

/** A machine with its states numbered and the words of its leaf left out. */
function shapes(asl: Machine): unknown[] {
  const number = new Map(Object.keys(asl.States).map((name, i) => [name, `state ${i}`]));
  return Object.values(asl.States).map((state) =>
    JSON.parse(JSON.stringify(state), (key, value) =>
      key === 'as' ? '' : key === 'Next' || key === 'Default' ? number.get(value) : value,
    ),
  );
}
