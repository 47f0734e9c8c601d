import type { Step } from '#statemachines/document/schema';
import type { StepEffect } from '#statemachines/steps/effects';
import { runStep } from '#statemachines/steps/run-registry';
import { writeStep } from '#store/runs/steps';
import type { Services } from '../services.ts';
import { callWebhook } from './effects/call-webhook.ts';
import { changeContact } from './effects/change-contact.ts';
import { jump } from './effects/jump.ts';
import { newSend, sendMessage, skip } from './effects/send-message.ts';
import { giveTask, notifyTeam } from './effects/tell-team.ts';
import { emitEvent, handOver } from './effects/write-event.ts';
import { keptAnswer, type StepAnswer } from './kept-answer.ts';
import { loadFacts, type Scene } from './scene.ts';
import { recordOf } from './waits/wait-step.ts';

/**
 * Does what the step says, once. Nothing is read to learn whether an earlier attempt did it already:
 * what is written finds that out, and then the earlier word stands.
 */
export const doStep = async (services: Services, scene: Scene, step: Step): Promise<StepAnswer> => {
  const effects = runStep(step, await loadFacts(services, scene, step));
  for (const effect of effects) {
    const answer = await act(services, scene, step, effect);
    if (answer) return answer;
  }
  return {};
};

const act = async (
  services: Services,
  scene: Scene,
  step: Step,
  effect: StepEffect,
): Promise<StepAnswer | undefined> => {
  switch (effect.kind) {
    case 'send':
      if (scene.version.isHeldOut(step.id))
        await skip(services, newSend(scene, step, effect.channel), 'holdout');
      else await sendMessage(services, scene, step, effect);
      return undefined;
    case 'notify':
      await notifyTeam(services, scene, step, effect);
      return undefined;
    case 'task':
      await giveTask(services, scene, step, effect);
      return undefined;
    case 'update':
      await changeContact(services, scene, step, effect);
      return undefined;
    case 'answer':
      return keepAnswer(services, scene, step, effect);
    case 'emit':
      await emitEvent(services, scene, step, effect);
      return undefined;
    case 'enroll':
      await handOver(services, scene, step, effect);
      return undefined;
    case 'webhook':
      await callWebhook(services, scene, step, effect);
      return undefined;
    case 'jump':
      return jump(services, scene, step, effect);
    case 'skip':
      return skipStep(services, scene, step);
    case 'wait':
      return undefined;
  }
};

/** Decided once: a repeat, or a second function at the same time, gets the answer that was kept. */
const keepAnswer = async (
  { store }: Services,
  scene: Scene,
  step: Step,
  { branch, answer }: Extract<StepEffect, { kind: 'answer' }>,
): Promise<StepAnswer> => {
  const kept = await writeStep(store, { ...recordOf(scene, step), outcome: 'answered', branch, answer });
  return keptAnswer(kept);
};

const skipStep = async ({ store }: Services, scene: Scene, step: Step): Promise<StepAnswer> => {
  scene.record = await writeStep(store, {
    ...recordOf(scene, step),
    outcome: 'skipped',
    reason: 'condition',
  });
  return keptAnswer(scene.record);
};
