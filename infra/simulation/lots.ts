import { readPath } from '#conditions/read-path';
import { derivedId, drawn, runId } from '#kernel/ids';
import type { Journey } from '#statemachines/document/schema';
import type { Walk } from './walk.ts';

/** The id of the event that starts a simulated run: runs are named by it. */
export const triggerId = 'simulated-trigger';

/** A contact whose run draws the wanted arms: the draw is a hash of the run, so another id draws anew. */
export const idFor = (document: Journey, walk: Walk, seed: string): string => {
  const { arms = {} } = walk;
  for (let n = 0; n < 10_000; n++) {
    const id = derivedId('simulated', seed, n);
    const run = runOf(document, walk, id);
    if (Object.entries(arms).every(([step, arm]) => armOf(document, run, step) === arm)) return id;
  }
  throw new Error(`No draw gives the arms ${JSON.stringify(arms)}: is one of their weights 0?`);
};

export const runOf = (document: Journey, walk: Walk, contact: string): string =>
  runId(contact, document.id, keyOf(document, walk), triggerId);

const keyOf = ({ enter: { key } }: Journey, { contact, trigger }: Walk): string =>
  key === undefined
    ? ''
    : String(readPath({ contact, trigger: { properties: trigger?.properties ?? {} } }, key) ?? '');

const armOf = (document: Journey, run: string, step: string): string | undefined => {
  let edge = 0;
  for (const { name, weight } of findSplit(document.steps, step) ?? []) {
    edge += weight;
    if (drawn(run, step) * 100 < edge) return name;
  }
  return undefined;
};

interface Arm {
  name: string;
  weight: number;
}

const findSplit = (node: unknown, id: string): readonly Arm[] | undefined => {
  if (typeof node !== 'object' || node === null) return undefined;
  const found = node as { id?: unknown; arms?: readonly Arm[] };
  if (found.id === id && found.arms) return found.arms;
  for (const child of Object.values(node)) {
    const inner = findSplit(child, id);
    if (inner) return inner;
  }
  return undefined;
};
