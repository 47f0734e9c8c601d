import { noSuch, Refusal } from '#kernel/errors';
import type { JourneyRecord } from '#model/journey';
import { createPlan, type Plan } from '#statemachines/compile/plan';
import { readChecked } from '#statemachines/document/checked';
import { readJourney, readVersion } from '#store/catalogue/journeys';
import type { Store } from '#store/store';
import type { Version } from '../figures/versions.ts';

/** A version as it was published. */
export interface Edition extends Version {
  plan: Plan;
}

export type Editions = (journey: string, version: number) => Promise<Edition | undefined>;

/** Each may be a megabyte. */
const mostKept = 30;

/** A version never changes, so each is read once. */
export const createEditions = (store: Store): Editions => {
  const known = new Map<string, Edition>();
  const read = async (journey: string, version: number): Promise<Edition | undefined> => {
    const found = await readVersion(store, journey, version);
    if (!found) return undefined;
    const document = readChecked(found.document);
    return { version, publishedAt: found.publishedAt, document, plan: createPlan(document) };
  };
  return async (journey, version) => {
    const key = `${journey}#${version}`;
    const there = known.get(key);
    if (there) return there;
    const edition = await read(journey, version);
    if (known.size >= mostKept) known.clear();
    if (edition) known.set(key, edition);
    return edition;
  };
};

export interface Published extends Pick<JourneyRecord, 'owner' | 'paused'> {
  newest: Edition;
}

export const published = async (store: Store, editions: Editions, id: string): Promise<Published> => {
  const journey = await readJourney(store, id);
  if (!journey) throw noSuch('journey', id);
  const { version, owner, paused } = journey;
  if (version === undefined)
    throw new Refusal(
      409,
      'not-published',
      'This journey was never published, so there is nothing to report.',
    );
  const newest = await editions(id, version);
  if (!newest) throw new Error(`version ${version} of ${id} is not in the catalogue`);
  return { newest, owner, ...(paused && { paused }) };
};
