import { readPath } from '#conditions/read-path';
import { derivedId, drawn, runId } from '#kernel/ids';
import type { Journey } from '#statemachines/document/schema';
import { startOf, type Walk } from './walk.ts';

/** The id of the event that starts a simulated run: runs are named by it. */
export const triggerId = 'simulated-trigger';

/** A contact whose run draws the wanted arms: the draw is a hash of the run, so another id draws anew. */
export const idFor = (document: Journey, walk: Walk, seed: string): string => {
  const { arms = {} } = walk;
  for (let n = 0; n < 10_000; n++) {
    const id = derivedId('simulated', seed, n);
    const run = runOf(document, walk, id);
    if (Object.entries(arms).every(([step, arm]) => armOf(document, { id, run }, step) === arm)) return id;
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

/** As the step itself draws. */
const armOf = (
  document: Journey,
  { id, run }: { id: string; run: string },
  step: string,
): string | undefined => {
  const { arms, sticky } = findSplit(document.steps, step) ?? { arms: [] };
  const lot = 100 * (sticky ? drawn(id, document.id, step) : drawn(run, step));
  let edge = 0;
  for (const { name, weight } of arms) {
    edge += weight;
    if (lot < edge) return name;
  }
  return undefined;
};

interface Split {
  arms: readonly { name: string; weight: number }[];
  sticky?: boolean;
}

const findSplit = (node: unknown, id: string): Split | undefined => {
  if (typeof node !== 'object' || node === null) return undefined;
  const found = node as { id?: unknown } & Partial<Split>;
  if (found.id === id && found.arms) return found as Split;
  for (const child of Object.values(node)) {
    const inner = findSplit(child, id);
    if (inner) return inner;
  }
  return undefined;
};
