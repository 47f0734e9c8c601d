import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLocalClients } from '#infra/local/wire/seams';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { freezeMachine } from './freeze-machine.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

test('the longest names of client and journey make one machine that Step Functions takes, also the second time', async () => {
  const machinePrefix = `wayleaf-${'a'.repeat(24)}-`;
  const { services, context } = stage;
  const { region } = context.settings;
  const within = {
    ...context,
    aws: createLocalClients(services, { seam: 'direct', region }),
    settings: { ...context.settings, machinePrefix },
  };
  const freeze = (comment: string) =>
    freezeMachine(
      within,
      'b'.repeat(48),
      JSON.stringify({
        Comment: comment,
        QueryLanguage: 'JSONata',
        StartAt: 'End',
        States: { End: { Type: 'Succeed' } },
      }),
    );
  const first = await freeze('first');
  const second = await freeze('second');
  const name = first.stateMachineArn.split(':').at(-1)!;
  expect(name.startsWith(machinePrefix)).toBe(true);
  expect(name.length).toBeLessThanOrEqual(80);
  expect(second.stateMachineArn).toBe(first.stateMachineArn);
  expect([first, second].map(({ versionArn }) => versionArn.split(':').at(-1))).toEqual(['1', '2']);
});
