import { describe, expect, it } from 'vitest';
import { executionOf, newLocal } from '#infra/local/stepfunctions/testing/local';
import { compile } from '#statemachines/compile/compile';
import { otherwise } from '#statemachines/compile/form';
import type { Plan } from '#statemachines/compile/plan';
import { type WayAnswers, walkMachine } from '#statemachines/compile/testing/walk';
import type { Journey } from '#statemachines/document/schema';
import { enumeratePaths, type Path } from '#statemachines/simulate/paths';
import {
  decide,
  email,
  everyStep,
  journeyOf,
  pause,
  referenceJourney,
  syntheticJourney,
} from '#test/builders/journeys';

const start = Date.parse('2026-03-02T10:00:00Z');
const runStep = 'run-step';

/** The numbers that the step functions would answer on a path. */
const answersOf = (plan: Plan, path: Path): WayAnswers => ({
  ...Object.fromEntries([...plan.nodes.keys()].map((id) => [id, path.steps.includes(id) ? 0 : -2])),
  ...Object.fromEntries(path.answers.map(({ step, answer }) => [step, indexOf(plan, step, answer)])),
});

const indexOf = (plan: Plan, step: string, answer: string): number | 'timeout' => {
  const node = plan.nodes.get(step);
  const index = node?.branches.find((branch) => branch.answer === answer)?.index ?? -2;
  return node?.kind === 'wait' && index === otherwise ? 'timeout' : index;
};

/** Plays a machine on the embedded engine: steps answer as told, time passes until the run is over. */
const play = async (definition: string, plan: Plan, answers: WayAnswers) => {
  const tokens: { step: string; token: string }[] = [];
  const local = newLocal({
    handlers: {
      [runStep]: ({ do: act, due, wait, token }: Record<string, string>) => {
        if (wait && token) tokens.push({ step: wait, token });
        return { ...(act && { answer: answers[act] }), ...(due && { seconds: 60 }) };
      },
    },
  });
  const { stateMachineArn } = await local.engine.execute('CreateStateMachine', {
    name: 'm',
    definition,
    roleArn: 'r',
  });
  const { executionArn } = await local.engine.execute('StartExecution', {
    stateMachineArn,
    name: 'run',
    input: '{}',
  });
  await local.engine.idle();
  const execution = executionOf(local.engine, executionArn as string);
  while ((await execution.describe()).status === 'RUNNING') {
    for (const { step, token } of tokens.splice(0)) {
      const answer = answers[step];
      if (typeof answer !== 'number' || plan.nodes.get(step)?.branches.length === 0) continue;
      await local.engine.execute('SendTaskSuccess', {
        taskToken: token,
        output: JSON.stringify({ Payload: { answer } }),
      });
      await local.engine.idle();
    }
    if (tokens.length === 0) await local.advance(86_400);
  }
  const way = (await execution.history()).flatMap((event) => event.stateEnteredEventDetails?.name ?? []);
  return { way, output: await execution.output(), usage: local.engine.usage() };
};

const journeys: [string, Journey][] = [
  ['every step', everyStep()],
  ['the reference', referenceJourney()],
  ['forty steps', syntheticJourney(40)],
];

describe('a compiled machine on the embedded engine', () => {
  it.each(journeys)(
    'goes every path of %s through the states that its compiler foresees',
    async (_, journey) => {
      const { asl, text, plan } = compile(journey, { runStep });
      const { paths } = enumeratePaths(journey, { start });

      expect(paths.length).toBeGreaterThan(1);
      for (const path of paths) {
        const answers = answersOf(plan, path);
        const { way, output, usage } = await play(text, plan, answers);
        expect(way).toEqual(walkMachine(asl, answers));
        expect(usage).toMatchObject([{ transitions: way.length }]);
        const last = plan.nodes.get(path.steps.at(-1) ?? '');
        expect(output).toMatchObject(
          last?.kind === 'exit' ? { how: 'exited', step: last.id } : { how: 'completed' },
        );
      }
    },
  );

  it('that was squeezed does the same, with the function in a variable', async () => {
    const many = Array.from({ length: 1999 }, (_, i) =>
      email(`mail-${i}`, { name: `${i}: ${'a long name '.repeat(6)}` }),
    );
    const journey = journeyOf([pause('first'), decide('ask', many, [email('short')])]);
    const { asl, text, plan } = compile(journey, { runStep });

    const { way, output } = await play(text, plan, { ask: -1 });

    expect(text).toContain('{% $f %}');
    expect(way).toEqual(walkMachine(asl, { ask: -1 }));
    expect(way).toEqual(['first', 'ask', 'ask →', 'short']);
    expect(output).toEqual({ how: 'completed' });
  });
});
