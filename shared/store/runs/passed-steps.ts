import type { Run } from '#model/run';
import type { Send } from '#model/send';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds } from '../table.ts';
import { stepsOfRun } from './steps.ts';

type Credited = NonNullable<Run['credited']>;

/** An item holds 400 KB; of an endless run the first ones are credited. */
const mostCredited = 300;

/**
 * The steps that a run came through before it converted, each once, with the answer it got where one was
 * asked; of several visits the last.
 */
const passedSteps = async (
  store: Store,
  { contact, run, until }: { contact: string; run: string; until: string },
): Promise<Credited> => {
  const [steps, sends] = await Promise.all([
    stepsOfRun(store, contact, run),
    store.main.query({ pk: main.contactPk(contact), prefix: 'M#' }),
  ]);
  const passed = [
    ...(sends as unknown as Send[])
      .filter((send) => send.run === run)
      .map(({ step, template, at }) => ({ step, at, ...(template !== undefined && { template }) })),
    ...steps.map(({ step, at, outcome, branch }) => ({
      ...{ step, at },
      ...(outcome === 'answered' && branch !== undefined && { branch }),
    })),
  ].filter(({ at }) => at <= until);
  passed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const byStep = new Map<string, Credited[number]>();
  for (const one of passed) byStep.set(one.step, { ...byStep.get(one.step), ...one });
  return [...byStep.values()].slice(0, mostCredited);
};

/** Once, with the run, so that it is counted with it, and stays counted alike when its steps are gone. */
export const creditRun = async (
  store: Store,
  { contact, id, converted }: Pick<Run, 'contact' | 'id'> & Required<Pick<Run, 'converted'>>,
): Promise<void> => {
  const credited = await passedSteps(store, { contact, run: id, until: converted.at });
  await ifHolds(
    store.main.update(main.run(contact, id), {
      update: 'SET credited = :credited',
      condition: 'attribute_exists(pk) AND attribute_not_exists(credited)',
      values: { ':credited': credited },
    }),
  );
};
