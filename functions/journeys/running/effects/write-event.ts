import { type RenderedData, renderData } from '#channels/render-data';
import { iso } from '#kernel/clock';
import { Ended } from '#kernel/errors';
import { derivedId } from '#kernel/ids';
import { viewContact } from '#model/contact';
import { type ContactEvent, maxDepth } from '#model/event';
import type { Step } from '#statemachines/document/schema';
import type { StepEffect } from '#statemachines/steps/effects';
import { eventWrite } from '#store/contacts/events';
import { gateOpenCheck } from '#store/runs/gates';
import { runActiveWrite } from '#store/runs/runs';
import { newStepWrite, writeStep } from '#store/runs/steps';
import { TransactionRefused, transact } from '#store/table';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';
import { closeLastWait } from '../waits/close-wait.ts';
import { holdStep, pausedHold } from '../waits/hold.ts';
import { recordOf } from '../waits/wait-step.ts';

type Effect<K extends StepEffect['kind']> = Extract<StepEffect, { kind: K }>;

/** An event of the contact, stored like one that came from outside; the stream brings it to the journeys. */
export const emitEvent = async (
  services: Services,
  scene: Scene,
  step: Step,
  { event: name, properties = {} }: Effect<'emit'>,
): Promise<void> => {
  const data = renderFor(scene, properties);
  if ('skip' in data) return skipWith(services, scene, step, data.skip);
  const event = eventOf(scene, step, { type: 'track', name, properties: data.value as Properties });
  return causeEvent(services, scene, step, event);
};

/** As when somebody enrols the contact by hand, but that the journey need not be open to that. */
export const handOver = (
  services: Services,
  scene: Scene,
  step: Step,
  { journey }: Effect<'enroll'>,
): Promise<void> => {
  const { properties } = scene.run.trigger;
  const handedBy = { run: scene.run.id, step: step.id, visit: scene.visit };
  const event = { ...eventOf(scene, step, { type: 'manual', name: journey, properties }), handedBy };
  return causeEvent(services, scene, step, event);
};

type Properties = Record<string, unknown>;

const eventOf = (
  { run, visit, now }: Scene,
  step: Step,
  what: Pick<ContactEvent, 'type' | 'name' | 'properties'>,
): ContactEvent => ({
  id: `step-${derivedId(run.id, step.id, visit)}`,
  contact: run.contact,
  ...what,
  at: iso(now),
  happenedAt: iso(now),
  depth: (run.depth ?? 0) + 1,
  ...(run.post ? { post: run.post } : {}),
  state: 'accepted',
});

export const renderFor = (scene: Scene, value: unknown): RenderedData => {
  const { run, version, contact, client, now } = scene;
  const order = {
    ...{ contact: viewContact(contact), trigger: run.trigger, results: run.results, client, now },
    run: { id: run.id, journey: run.journey, journeyName: version.document.name, version: run.version },
  };
  return renderData(order, value);
};

export const skipWith = async (
  { store }: Services,
  scene: Scene,
  step: Step,
  reason: string,
): Promise<void> => {
  await writeStep(store, { ...recordOf(scene, step), outcome: 'skipped', reason });
};

/** The event and the step's record are one transaction: a repeat finds the record and causes nothing. */
const causeEvent = async (
  services: Services,
  scene: Scene,
  step: Step,
  event: ContactEvent,
): Promise<void> => {
  if (event.depth > maxDepth) return skipWith(services, scene, step, 'too-deep');
  await closeLastWait(services, scene);
  const { store } = services;
  const { run } = scene;
  const record = { ...recordOf(scene, step), outcome: 'done' as const, at: event.at };
  try {
    await transact(store.dynamodb, [
      newStepWrite(store, record),
      runActiveWrite(store, run),
      gateOpenCheck(store, run.journey, run.contact),
      eventWrite(store, event),
    ]);
    scene.run = { ...run, wait: undefined };
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    const [known, ended, paused] = error.found;
    if (known) return;
    if (ended) throw new Ended('the run has ended');
    if (!paused) throw error;
    return holdStep(services, scene, step.id, pausedHold(scene));
  }
};
