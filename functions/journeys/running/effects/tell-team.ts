import type { TeamMessage } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import { missingIn } from '#channels/skip';
import { iso } from '#kernel/clock';
import type { StepRecord } from '#model/run';
import type { Step } from '#statemachines/document/schema';
import { readable } from '#statemachines/picture/readable';
import type { StepEffect, TaskEffect } from '#statemachines/steps/effects';
import { newStepWrite, writeStep } from '#store/runs/steps';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';
import { taskId } from '../task-id.ts';
import { recordOf } from '../waits/wait-step.ts';
import { claimAndDeliver } from './claim-and-deliver.ts';
import { newSend, orderOf, skip } from './send-message.ts';

type NotifyEffect = Extract<StepEffect, { kind: 'notify' }>;

/** A message to colleagues: claimed and called like any other, but nobody's consent is asked. */
export const notifyTeam = async (
  services: Services,
  scene: Scene,
  step: Step,
  { team, text }: NotifyEffect,
): Promise<void> => {
  const send = newSend(scene, step, 'team');
  const prepared = await prepareMessage(
    await orderOf(services, scene, send, { team, text, class: 'transactional' }),
  );
  if ('skip' in prepared) await skip(services, { ...send, ...missingIn(prepared) }, prepared.skip);
  else await claimAndDeliver(services, scene, { send, run: scene.run }, prepared.message);
};

/**
 * The task's record and the claim of its message are one transaction: there is no task that nobody hears of. Where
 * no message can be made, the task waits in the list of tasks all the same, in the words of the journey.
 */
export const giveTask = async (
  services: Services,
  scene: Scene,
  step: Step,
  effect: TaskEffect,
): Promise<void> => {
  const send = newSend(scene, step, 'team');
  const dueAt = effect.dueSeconds === undefined ? undefined : iso(scene.now + effect.dueSeconds * 1000);
  const id = taskId(scene.run.id, step.id, scene.visit);
  const { team, title: subject, script: text, outcomes, openUntil } = effect;
  const task = {
    id,
    ...(dueAt && { due: dueAt }),
    ...(outcomes && { outcomes }),
    ...(openUntil && { openUntil }),
  };
  const content = {
    team,
    subject,
    ...(text === undefined ? {} : { text }),
    task,
    class: 'transactional' as const,
  };
  const prepared = await prepareMessage(await orderOf(services, scene, send, content));
  if ('skip' in prepared) {
    await skip(services, { ...send, ...missingIn(prepared) }, prepared.skip);
    const plain = { title: readable(subject), script: text && readable(text), dueAt };
    await writeStep(services.store, taskRecord(scene, step, effect, plain));
    return;
  }
  const { said } = prepared.message as TeamMessage;
  const record = taskRecord(scene, step, effect, {
    title: said?.title || subject,
    script: said?.text,
    dueAt,
  });
  const claim = { send, run: scene.run, also: [newStepWrite(services.store, record)] };
  await claimAndDeliver(services, scene, claim, prepared.message);
};

const taskRecord = (
  scene: Scene,
  step: Step,
  { team, outcomes }: TaskEffect,
  { title, script, dueAt }: { title: string; script: string | undefined; dueAt: string | undefined },
): StepRecord => ({
  ...recordOf(scene, step),
  outcome: outcomes ? 'waiting' : 'done',
  task: { team, title, ...(script && { script }), ...(dueAt && { dueAt }), ...(outcomes && { outcomes }) },
});
