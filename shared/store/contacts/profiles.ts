import { iso } from '#kernel/clock';
import type { Contact } from '#model/contact';
import { newcomer, type Standing } from '#policy/segments/audience';
import { agenda, main, never } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Item, TableWrite } from '../table.ts';
import { contactOfItem, getProfileItem } from './contacts.ts';

/** A contact, and what is remembered of the last time it was looked at. */
export interface Profile {
  contact: Contact;
  standing: Standing;
}

export const profileOfItem = (item: Item, now: number): Profile => {
  const { audience, segments, agendaAt } = item as {
    audience?: Pick<Standing, 'version' | 'turn' | 'checkedAt'>;
    segments?: string[];
    agendaAt?: string;
  };
  const known = audience && { ...audience, segments: segments ?? [], due: agendaAt };
  return { contact: contactOfItem(item, now), standing: known ?? newcomer };
};

export const getProfile = async (store: Store, contact: string): Promise<Profile | undefined> => {
  const item = await getProfileItem(store, contact);
  return item && profileOfItem(item, store.clock.now());
};

/** What is remembered from now on. `due` in milliseconds. */
export interface NewStanding {
  version: number;
  segments: readonly string[];
  checkedAt: number;
  due: number | undefined;
}

type Update = Extract<TableWrite, { update: string }>;

/**
 * Part of a transaction, or with `saveContactWrite` one update of the same item: what was seen of the
 * contact, unless somebody else has looked meanwhile, or knew more of what happened.
 */
export const standingParts = (contact: string, before: Standing, next: NewStanding) => ({
  update: '#segments = :segments, audience = :audience, agenda = :agenda, agendaAt = :agendaAt',
  names: { '#segments': 'segments' },
  condition: before.turn === 0 ? 'attribute_not_exists(audience)' : 'audience.turn = :turn',
  values: {
    ':segments': [...next.segments],
    ':audience': { version: next.version, turn: before.turn + 1, checkedAt: iso(next.checkedAt) },
    ':agenda': agenda(`audience:${next.version}`, contact),
    ':agendaAt': next.due === undefined ? never : iso(next.due),
    ...(before.turn === 0 ? {} : { ':turn': before.turn }),
  },
});

/** The same as members of a profile that is put for the first time. */
export const standingMembers = (contact: string, next: NewStanding): Item => {
  const { values } = standingParts(contact, newcomer, next);
  return {
    segments: values[':segments'],
    audience: values[':audience'],
    agenda: values[':agenda'],
    agendaAt: values[':agendaAt'],
  };
};

/** The contact itself stays as it is, at revision `rev`. */
export const standingWrite = (store: Store, { contact, standing }: Profile, next: NewStanding): Update => {
  const { update, condition, names, values } = standingParts(contact.id, standing, next);
  return {
    table: store.main,
    key: main.profile(contact.id),
    update: `SET ${update}`,
    condition: `rev = :rev AND ${condition}`,
    names,
    values: { ...values, ':rev': contact.rev },
  };
};
