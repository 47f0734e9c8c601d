import type { Contact, Scoring } from '#model/contact';
import { asOf, scoreAt } from '#policy/contacts/score';
import { agenda, bucket, everybody, type Key, main, memberOf, memberShards, memberSince } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Item, TableWrite } from '../table.ts';
import { visitorMark } from './visitors.ts';

const members = ['updatedAt', 'fields', 'tags', 'score', 'consent', 'suppressed'] as const;
const optionalMembers = ['stage', 'scoring', 'merged'] as const;

const faded = (scoring: Scoring, now: number): Pick<Contact, 'score' | 'scoring'> => ({
  score: scoreAt(scoring, now),
  scoring: asOf(scoring, now),
});

/**
 * The PROFILE item holds more than the contact: `identities`, a set of the keys that lead here.
 * @param now milliseconds: the time of which the score is to speak
 */
export const contactOfItem = (item: Item, now: number): Contact =>
  ({
    id: item.id,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    rev: item.rev,
    fields: item.fields,
    tags: item.tags,
    score: item.score,
    ...(item.scoring === undefined ? {} : faded(item.scoring as Scoring, now)),
    ...(item.stage === undefined ? {} : { stage: item.stage }),
    consent: item.consent,
    suppressed: item.suppressed,
    ...(item.merged === undefined ? {} : { merged: item.merged }),
    ...(item.segments === undefined ? {} : { segments: item.segments }),
    ...(item.source === undefined ? {} : { source: item.source }),
  }) as Contact;

/** Contacts may be merged into one that is merged itself later. */
const mostMerges = 100;

/**
 * The profile that a contact's id leads to now: that of the contact it was merged into, or none, where
 * it was erased.
 * @param found what stands at the id itself
 */
export const livingProfile = async (store: Store, found: Item | undefined): Promise<Item | undefined> => {
  let item = found;
  for (let hop = 0; item?.mergedInto !== undefined && hop < mostMerges; hop++)
    item = await store.main.get(main.profile(String(item.mergedInto)));
  return item?.erasedAt === undefined && item?.mergedInto === undefined ? item : undefined;
};

export const getProfileItem = async (store: Store, id: string): Promise<Item | undefined> =>
  livingProfile(store, await store.main.get(main.profile(id)));

export const getContact = async (store: Store, id: string): Promise<Contact | undefined> => {
  const item = await getProfileItem(store, id);
  return item && contactOfItem(item, store.clock.now());
};

const isVisitor = (identities: readonly Key[]): boolean =>
  identities.length > 0 && identities.every(({ pk }) => pk.startsWith('I#anonymousId#'));

export const newContactWrite = (
  store: Store,
  contact: Contact,
  identities: readonly Key[],
): Extract<TableWrite, { put: object }> => ({
  table: store.main,
  put: {
    ...main.profile(contact.id),
    kind: 'profile',
    ...contact,
    ...(identities.length > 0 ? { identities: new Set(identities.map((key) => key.pk)) } : {}),
    ...(isVisitor(identities) ? visitorMark(contact.id, contact.createdAt) : {}),
    agenda: agenda('audience:0', contact.id),
    agendaAt: contact.createdAt,
    memberOf: memberOf(everybody, bucket(contact.id, memberShards)),
    memberSince: memberSince(contact.createdAt, contact.id),
  },
  condition: 'attribute_not_exists(pk)',
});

/**
 * Part of a transaction: `contact` replaces revision `contact.rev`, and becomes the next one.
 * @param identities keys that from now on lead here too
 * @param also more of the same item: assignments, a condition, names, values
 */
export const saveContactWrite = (
  store: Store,
  contact: Contact,
  identities: readonly Key[] = [],
  also?: { update: string; condition: string; names: Record<string, string>; values: Item },
): Extract<TableWrite, { update: string }> => {
  const set = members.map((name) => `#${name} = :${name}`).join(', ');
  const given = optionalMembers.filter((name) => contact[name] !== undefined);
  const gone = optionalMembers.filter((name) => contact[name] === undefined);
  const optional = given.map((name) => `, #${name} = :${name}`).join('');
  const remove = gone.length === 0 ? '' : ` REMOVE ${gone.map((name) => `#${name}`).join(', ')}`;
  const add = identities.length === 0 ? '' : ' ADD identities :identities';
  return {
    table: store.main,
    key: main.profile(contact.id),
    update: `SET ${set}, #rev = :next${also ? `, ${also.update}` : ''}${optional}${remove}${add}`,
    condition: `#rev = :rev${also ? ` AND ${also.condition}` : ''}`,
    names: {
      ...Object.fromEntries([...members, ...optionalMembers, 'rev'].map((name) => [`#${name}`, name])),
      ...also?.names,
    },
    values: {
      ...Object.fromEntries(members.map((name) => [`:${name}`, contact[name]])),
      ':rev': contact.rev,
      ':next': contact.rev + 1,
      ...Object.fromEntries(given.map((name) => [`:${name}`, contact[name]])),
      ...(add ? { ':identities': new Set(identities.map((key) => key.pk)) } : {}),
      ...also?.values,
    },
  };
};
