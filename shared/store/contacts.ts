import type { Contact } from '#model/contact';
import { agenda, type Key, main } from './keys.ts';
import type { Store } from './store.ts';
import type { Item, Table, Write } from './table.ts';

export type TableWrite = Write & { table: Table };

const members = ['updatedAt', 'fields', 'tags', 'score', 'consent', 'suppressed'] as const;

/** The PROFILE item holds more than the contact: `identities`, a set of the keys that lead here. */
export const contactOfItem = (item: Item): Contact =>
  ({
    id: item.id,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    rev: item.rev,
    fields: item.fields,
    tags: item.tags,
    score: item.score,
    ...(item.stage === undefined ? {} : { stage: item.stage }),
    consent: item.consent,
    suppressed: item.suppressed,
    ...(item.segments === undefined ? {} : { segments: item.segments }),
  }) as Contact;

export const getContact = async (store: Store, id: string): Promise<Contact | undefined> => {
  const item = await store.main.get(main.profile(id));
  return item && contactOfItem(item);
};

export const newContactWrite = (store: Store, contact: Contact, identities: readonly Key[]): TableWrite => ({
  table: store.main,
  put: {
    ...main.profile(contact.id),
    kind: 'profile',
    ...contact,
    ...(identities.length > 0 ? { identities: new Set(identities.map((key) => key.pk)) } : {}),
    agenda: agenda('audience:0', contact.id),
    agendaAt: contact.createdAt,
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
  const stage = contact.stage === undefined ? ' REMOVE #stage' : ', #stage = :stage';
  const add = identities.length === 0 ? '' : ' ADD identities :identities';
  return {
    table: store.main,
    key: main.profile(contact.id),
    update: `SET ${set}, #rev = :next${also ? `, ${also.update}` : ''}${stage}${add}`,
    condition: `#rev = :rev${also ? ` AND ${also.condition}` : ''}`,
    names: {
      ...Object.fromEntries([...members, 'rev', 'stage'].map((name) => [`#${name}`, name])),
      ...also?.names,
    },
    values: {
      ...Object.fromEntries(members.map((name) => [`:${name}`, contact[name]])),
      ':rev': contact.rev,
      ':next': contact.rev + 1,
      ...(contact.stage === undefined ? {} : { ':stage': contact.stage }),
      ...(add ? { ':identities': new Set(identities.map((key) => key.pk)) } : {}),
      ...also?.values,
    },
  };
};
