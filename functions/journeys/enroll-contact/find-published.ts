import { Refusal } from '#kernel/errors';
import type { JourneyRecord } from '#model/journey';
import type { Enter } from '#statemachines/document/schema';
import { findJourney } from '../publishing/find-journey.ts';
import type { Services } from '../services.ts';

/** The journey as contacts enter it now, with its rules for that. */
export const findPublished = async (
  services: Services,
  id: string,
): Promise<JourneyRecord & { version: number; enter: Enter }> => {
  const { version, ...record } = await findJourney(services.store, id);
  if (version === undefined || record.status === 'archived')
    throw new Refusal(409, 'not-live', 'The journey is not published, or archived: nobody can enter.');
  const { document } = await services.versions.get(id, version);
  return { ...record, version, enter: document.enter };
};
