import { describe, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { decide, email, journeyOf, pause, referenceJourney, syntheticJourney } from '#test/builders/journeys';
import type { Machine, TaskState } from './asl.ts';
import { compile } from './compile.ts';
import { checkLimits } from './limits.ts';
import { walkMachine } from './testing/walk.ts';

const task = (asl: Machine, name: string): TaskState => {
  const state = asl.States[name];
  if (state?.Type !== 'Task') throw new Error(`${name} is no task`);
  return state;
};

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
    expect(Object.keys(compile(syntheticJourney(1000)).asl.States)).toContain('Remember what they read');
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
});

/** Decisions within decisions, one mail on each branch: three steps for each of `count` decisions. */
function binary(count: number, path = 'x'): Step[] {
  if (count === 0) return [email(`mail-${path}`)];
  const half = Math.floor((count - 1) / 2);
  const yes = [email(`yes-${path}`), ...binary(half, `${path}y`)];
  const no = [email(`no-${path}`), ...binary(count - 1 - half, `${path}n`)];
  return [decide(`ask-${path}`, yes, no)];
}
