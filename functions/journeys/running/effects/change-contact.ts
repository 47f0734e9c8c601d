import { editContact } from '#functions/contacts/changing/apply';
import { iso } from '#kernel/clock';
import { Ended } from '#kernel/errors';
import { derivedId } from '#kernel/ids';
import type { Step } from '#statemachines/document/schema';
import type { UpdateEffect } from '#statemachines/steps/effects';
import { gateOpenCheck, isGateOpen } from '#store/runs/gates';
import { readRun, runActiveWrite } from '#store/runs/runs';
import { newStepWrite } from '#store/runs/steps';
import type { TableWrite } from '#store/table';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';
import { closeLastWait } from '../waits/close-wait.ts';
import { holdStep, pausedHold } from '../waits/hold.ts';
import { recordOf } from '../waits/wait-step.ts';

/** Profile, `change` event and step record in one transaction: a repeat finds the event and changes nothing. */
export const changeContact = async (
  services: Services,
  scene: Scene,
  step: Step,
  effect: UpdateEffect,
): Promise<void> => {
  await closeLastWait(services, scene);
  const { run, visit, now } = scene;
  const edited = await editContact(services.store, run.contact, {
    id: derivedId('change', run.id, step.id, visit),
    by: `${run.id}.${step.id}`,
    update: effect,
    at: iso(now),
    depth: (run.depth ?? 0) + 1,
    post: run.post,
    together: besides(services, scene, step),
  });
  if (!edited) throw new Ended('the contact is gone');
  scene.contact = edited.contact;
  scene.run = { ...run, wait: undefined };
};

/** Called again when the transaction was refused: then it may have been the run's end or a pause. */
const besides = (services: Services, scene: Scene, step: Step): (() => Promise<TableWrite[]>) => {
  const { store } = services;
  const { run } = scene;
  let isRefused = false;
  return async () => {
    if (isRefused) await requireOpen(services, scene, step);
    isRefused = true;
    return [
      newStepWrite(store, { ...recordOf(scene, step), outcome: 'done' }),
      runActiveWrite(store, run),
      gateOpenCheck(store, run.journey, run.contact),
    ];
  };
};

const requireOpen = async (services: Services, scene: Scene, step: Step): Promise<void> => {
  const { id, journey, contact } = scene.run;
  const run = await readRun(services.store, id);
  if (!run || run.status === 'ended') throw new Ended('the run has ended');
  if (!(await isGateOpen(services.store, journey, contact)))
    await holdStep(services, scene, step.id, pausedHold(scene));
};
