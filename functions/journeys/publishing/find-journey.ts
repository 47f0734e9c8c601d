import { type HttpRequest, parameter } from '#http/request';
import { noSuch, type Refusal } from '#kernel/errors';
import { idPattern } from '#model/document-text';
import type { JourneyRecord } from '#model/journey';
import { readJourney } from '#store/catalogue/journeys';
import type { Store } from '#store/store';

export const isJourneyId = (id: string): boolean => idPattern.test(id);

/** The id in the address, in the form that ids have. */
export const journeyId = (request: HttpRequest): string => {
  const id = parameter(request, 'id');
  if (!isJourneyId(id)) throw unknownJourney(id);
  return id;
};

export const findJourney = async (store: Store, id: string): Promise<JourneyRecord> => {
  const record = await readJourney(store, id);
  if (!record) throw unknownJourney(id);
  return record;
};

export const unknownJourney = (id: string): Refusal => noSuch('journey', id);

/** What the API tells of a journey. */
export const viewJourney = (journey: JourneyRecord) => {
  const { id, name, owner, status, version, draftEtag, updatedAt, paused } = journey;
  return {
    ...{ id, name, owner, status },
    ...(version === undefined ? {} : { version }),
    ...{ draftEtag, updatedAt },
    ...(paused === undefined ? {} : { paused }),
  };
};
