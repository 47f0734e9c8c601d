import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { isWritten } from '../table.ts';

/** A test of one version: how often it was looked at, and the arm it was decided for, written once. */
export interface Trial {
  step: string;
  /** ISO: when the first run was seen to have come through it. */
  since: string;
  /** Number of the last look. */
  looks: number;
  decided?: { branch: number; pValue: number; at: string; arms: TrialArm[] };
}
export interface TrialArm {
  branch: number;
  runs: number;
  successes: number;
}

interface Version {
  journey: string;
  version: number;
}

export const readTrial = async (
  store: Store,
  { journey, version }: Version,
  step: string,
): Promise<Trial | undefined> => {
  const item = await store.main.get(main.trial(journey, version, step));
  if (!item) return undefined;
  const { pk: _pk, sk: _sk, rev: _rev, ...trial } = item;
  return trial as unknown as Trial;
};

/** All tests of one version that were looked at, by step. */
export const readTrials = async (
  store: Store,
  { journey, version }: Version,
): Promise<ReadonlyMap<string, Trial>> => {
  const { pk, sk: prefix } = main.trial(journey, version, '');
  const items = await store.main.query({ pk, prefix });
  return new Map(items.map((item) => [String(item.step), item as unknown as Trial]));
};

/** One read for each run that comes to a test; a decision is never taken back. */
export const decidedArm = async (store: Store, of: Version, step: string): Promise<number | undefined> =>
  (await readTrial(store, of, step))?.decided?.branch;

/** False when another was first: then its look counts. */
export const keepLook = async (
  store: Store,
  { journey, version }: Version,
  trial: Trial,
  before: Trial | undefined,
): Promise<boolean> => {
  return isWritten(
    store.main.put(
      { ...main.trial(journey, version, trial.step), ...trial },
      before
        ? {
            condition: 'looks = :looks AND attribute_not_exists(decided)',
            values: { ':looks': before.looks },
          }
        : { condition: 'attribute_not_exists(pk)' },
    ),
  );
};
