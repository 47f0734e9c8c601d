import { readPath } from '#conditions/read-path';
import { derivedId, runId } from '#kernel/ids';
import type { Journey } from '#statemachines/document/schema';
import type { StepOf } from '#statemachines/steps/schema';
import { allSteps } from '#statemachines/steps/sequences';
import { drawArm } from '#statemachines/steps/split/run';
import { startOf, type Walk } from './walk.ts';

/** The id of the event that starts a simulated run: runs are named by it. */
export const triggerId = 'simulated-trigger';

/** A contact whose run draws the wanted arms: the draw is a hash of the run, so another id draws anew. */
export const idFor = (document: Journey, walk: Walk, seed: string): string => {
  const { arms = {} } = walk;
  const wanted = Object.entries(arms).map(([step, arm]) => ({ split: splitOf(document, step), arm }));
  for (let n = 0; n < 10_000; n++) {
    const contact = derivedId('simulated', seed, n);
    const run = { id: runOf(document, walk, contact), contact, journey: document.id };
    if (wanted.every(({ split, arm }) => split?.arms[drawArm(split, run)]?.name === arm)) return contact;
  }
  throw new Error(`No draw gives the arms ${JSON.stringify(arms)}: is one of their weights 0?`);
};

export const runOf = (document: Journey, walk: Walk, contact: string): string =>
  runId(contact, document.id, keyOf(document, walk), triggerId);

const keyOf = (document: Journey, walk: Walk): string => {
  const { key } = document.enter;
  if (key === undefined) return '';
  const { properties } = startOf(walk, document);
  return String(readPath({ contact: walk.contact, trigger: { properties } }, key) ?? '');
};

const splitOf = (document: Journey, id: string): StepOf<'split'> | undefined =>
  allSteps(document.steps).find((step): step is StepOf<'split'> => step.type === 'split' && step.id === id);
