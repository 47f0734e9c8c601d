import type { EnrolmentWork } from '#model/enrolment';
import { catalogue, ttlAttribute } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, isWritten } from '../table.ts';

const keptDays = 90;

const enrolmentOf = ({ pk: _, sk, [ttlAttribute]: expiresAt, ...members }: Item): EnrolmentWork =>
  members as unknown as EnrolmentWork;

export const isOpen = ({ status }: EnrolmentWork): boolean => status === 'waiting' || status === 'running';

export const readEnrolment = async (store: Store, id: string): Promise<EnrolmentWork | undefined> => {
  const item = await store.catalogue.get(catalogue.enrolment(id));
  return item && enrolmentOf(item);
};

/** Oldest first. Few: those that ended go after 90 days. */
export const listEnrolments = async (store: Store): Promise<EnrolmentWork[]> =>
  (await store.catalogue.query({ pk: catalogue.enrolments }))
    .map(enrolmentOf)
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));

/** @returns false when there is one of this id */
export const addEnrolment = (store: Store, enrolment: EnrolmentWork): Promise<boolean> =>
  put(store, enrolment, { condition: 'attribute_not_exists(pk)' });

/** @returns false when somebody else wrote it meanwhile */
export const saveEnrolment = (store: Store, enrolment: EnrolmentWork): Promise<boolean> =>
  put(
    store,
    { ...enrolment, turn: enrolment.turn + 1 },
    { condition: 'turn = :turn', values: { ':turn': enrolment.turn } },
  );

const put = async (
  store: Store,
  enrolment: EnrolmentWork,
  condition: { condition: string; values?: Item },
): Promise<boolean> => {
  const expiresAt = Math.floor(store.clock.now() / 1000) + keptDays * 86_400;
  const item = {
    ...catalogue.enrolment(enrolment.id),
    ...enrolment,
    ...(isOpen(enrolment) ? {} : { [ttlAttribute]: expiresAt }),
  };
  return isWritten(store.catalogue.put(item, condition));
};
