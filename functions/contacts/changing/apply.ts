import type { Contact } from '#model/contact';
import type { ContactChange, ContactEvent, IdentityConflict } from '#model/event';
import { type Applied, applyEvent, mayChange, newAddresses } from '#policy/contacts/apply-event';
import { noChange } from '#policy/contacts/contact-change';
import { byStrength, type Identity } from '#policy/contacts/identity';
import { publicTraits } from '#policy/contacts/public-traits';
import { type ContactUpdate, updateContact } from '#policy/contacts/update-contact';
import type { Audience, Standing } from '#policy/segments/audience';
import { contactSettingsOf } from '#store/catalogue/contact-settings';
import { loadAudience } from '#store/contacts/audience';
import { ledgerWrites } from '#store/contacts/consents';
import { saveContactWrite } from '#store/contacts/contacts';
import {
  appliedWrite,
  eventWrite,
  getEvent,
  profileAndEvent,
  type StoredEvent,
} from '#store/contacts/events';
import { claimWrites, freeIdentities, identityKey } from '#store/contacts/identities';
import { membershipWrites } from '#store/contacts/memberships';
import {
  getProfile,
  type NewStanding,
  type Profile,
  standingParts,
  standingWrite,
} from '#store/contacts/profiles';
import { readSuppressions, suppressionWrites } from '#store/contacts/suppressions';
import type { Key } from '#store/keys';
import { ReadAgain, untilSettled } from '#store/retry';
import type { Store } from '#store/store';
import { type TableWrite, TransactionRefused, transact } from '#store/table';
import { review } from './review.ts';
import {
  type Changed,
  concernsAudience,
  isOutdated,
  moveContact,
  ReviewFirst,
  renewedAudience,
} from './standing.ts';

/** The contact as it is after the event, and what the event changed; the same at every delivery. */
export interface Outcome {
  contact: Contact;
  change: ContactChange;
  /** It had been applied before. */
  repeated: boolean;
}

const known = (store: Store, contact: Contact, traits: Readonly<Record<string, unknown>> = {}) =>
  readSuppressions(store, newAddresses(contact, traits));

const decide = async (store: Store, contact: Contact, event: ContactEvent): Promise<Applied> =>
  applyEvent(
    contact,
    event,
    await known(store, contact, publicTraits(contact, event.traits).traits),
    await contactSettingsOf(store),
  );

interface After {
  contact: Contact;
  next?: NewStanding | undefined;
  identities?: readonly Identity[] | undefined;
  /** Identities that other parts of the transaction lead here. */
  links?: readonly Key[] | undefined;
}

const contactWrites = async (
  store: Store,
  profile: Profile,
  { contact: after, next, identities = [], links = [] }: After,
): Promise<TableWrite[]> => {
  const { contact: before, standing } = profile;
  const moves = next
    ? membershipWrites(store, before.id, { before: standing.segments, after: next.segments })
    : [];
  if (before === after) return next ? [standingWrite(store, profile, next), ...moves] : [];
  const also = next && standingParts(after.id, standing, next);
  return [
    saveContactWrite(store, after, [...identities.map(identityKey), ...links], also),
    ...moves,
    ...claimWrites(store, after.id, identities),
    ...ledgerWrites(store, before, after),
    ...(await suppressionWrites(store, before, after)),
  ];
};

const saved = (before: Contact, { contact: after, next }: After): Contact => {
  const contact = before === after ? before : { ...after, rev: after.rev + 1 };
  return next ? { ...contact, segments: [...next.segments] } : contact;
};

/** What moved the contact before is told before. */
const inTurn = <T>(store: Store, contactId: string, work: () => Promise<T>): Promise<T> =>
  untilSettled(async () => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ReviewFirst) await review(store, contactId);
      throw error;
    }
  });

/** @returns false when the first part's condition failed: the event was applied, or was there */
const commit = async (store: Store, writes: readonly TableWrite[]): Promise<boolean> => {
  try {
    await transact(store.dynamodb, writes);
    return true;
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    if (error.found[0]) return false;
    throw new ReadAgain('the contact changed meanwhile', { cause: error });
  }
};

const applyStored = async (
  store: Store,
  contactId: string,
  event: ContactEvent,
): Promise<Outcome | undefined> => {
  const { profile, stored } = await profileAndEvent(store, contactId, event.id);
  if (!profile) return undefined;
  const { contact } = profile;
  if (stored?.applied) return { contact, change: stored.applied, repeated: true };
  const applied = await decide(store, contact, event);
  const { change, next } = await moveContact(store, profile, { ...applied, event });
  const after = { contact: applied.contact, next };
  const writes = await contactWrites(store, profile, after);
  // What changes nobody and moves nobody need not be remembered.
  if (mayChange(event, await contactSettingsOf(store)) || isMove(change))
    writes.unshift(appliedWrite(store, contactId, event.id, change));
  if (writes.length > 0 && !(await commit(store, writes)))
    throw new ReadAgain('the event was applied meanwhile');
  return { contact: saved(contact, after), change, repeated: false };
};

const isMove = ({ segmentsEntered, segmentsLeft }: ContactChange): boolean =>
  segmentsEntered.length + segmentsLeft.length > 0;

/**
 * Of a contact that nobody has looked at yet, any event is an occasion; and delivered again, after its
 * contact was looked at, it may have been.
 */
const isOccasion = (audience: Audience, standing: Standing, { at }: StoredEvent): boolean =>
  isOutdated(audience, standing) || (standing.checkedAt !== undefined && standing.checkedAt >= at);

/**
 * Brings the profile up to date with a stored event, once however often it is delivered.
 * @returns undefined when there is no such contact any more
 */
export const applyChange = async (
  store: Store,
  contactId: string,
  event: StoredEvent,
): Promise<Outcome | undefined> => {
  const done = event.applied ?? event.change;
  const audience = await loadAudience(store);
  const apply = () => inTurn(store, contactId, () => applyStored(store, contactId, event));
  if (!done && (concernsAudience(audience, event) || mayChange(event, await contactSettingsOf(store))))
    return apply();
  const profile = await getProfile(store, contactId);
  if (profile && !done && isOccasion(audience, profile.standing, event)) return apply();
  return (
    profile && { contact: profile.contact, change: done ?? noChange(event.id), repeated: done !== undefined }
  );
};

type Decision = Applied & { event: ContactEvent } & Pick<After, 'identities' | 'links'>;

/** @param before the contact as it was, @param after as it is to be */
type Together = (before: Contact, after: Contact) => Promise<readonly TableWrite[]>;

export interface Recording {
  /** The event's id: what is recorded again is found again. */
  id: string;
  contactId: string;
  decide(contact: Contact): Decision | Promise<Decision>;
  /** Other parts of the same transaction, made anew at each try. */
  together?: Together | undefined;
  quiet?: true | undefined;
}

const repeatedOutcome = async (store: Store, { id, contactId }: Recording): Promise<Outcome | undefined> => {
  const [profile, event] = [await getProfile(store, contactId), await getEvent(store, contactId, id)];
  return (
    profile && event && { contact: profile.contact, change: event.applied ?? noChange(id), repeated: true }
  );
};

/** @returns undefined when there is no such contact */
export const record = async (store: Store, recording: Recording): Promise<Outcome | undefined> => {
  await renewedAudience(store);
  return inTurn(store, recording.contactId, () => recordOnce(store, recording));
};

const recordOnce = async (store: Store, recording: Recording): Promise<Outcome | undefined> => {
  const profile = await getProfile(store, recording.contactId);
  if (!profile) return undefined;
  const { event: decided, identities, links, ...applied } = await recording.decide(profile.contact);
  if (recording.quiet && applied.contact === profile.contact && !identities?.length)
    return (
      (await repeatedOutcome(store, recording)) ?? {
        ...{ contact: profile.contact, change: applied.change, repeated: false },
      }
    );
  // It stands where it was asked for, also when that contact is merged between two tries.
  const event = { ...decided, contact: recording.contactId };
  const moved = await moveContact(store, profile, { ...applied, event });
  const after = { contact: applied.contact, next: moved.next, identities, links };
  const writes = [
    eventWrite(store, told(event, moved)),
    ...(await contactWrites(store, profile, after)),
    ...((await recording.together?.(profile.contact, applied.contact)) ?? []),
  ];
  if (!(await commit(store, writes))) return repeatedOutcome(store, recording);
  return { contact: saved(profile.contact, after), change: moved.change, repeated: false };
};

/** An event that tells of our own change tells where it moved the contact, too. */
export const told = (event: ContactEvent, { change }: Changed): StoredEvent => ({
  ...event,
  ...(event.change ? { change } : {}),
  applied: change,
});

/**
 * Stores an event and what it makes of the contact in one transaction: what must hold from now on,
 * such as an unsubscribe, may not wait for the stream.
 * @returns undefined when there is no such contact
 */
export const applyNow = (
  store: Store,
  event: ContactEvent,
  together?: Together,
): Promise<Outcome | undefined> =>
  record(store, {
    id: event.id,
    contactId: event.contact,
    decide: async (contact) => ({ ...(await decide(store, contact, event)), event }),
    together,
  });

export interface Edit {
  /** Id of the event that tells of it: the same edit is done once. */
  id: string;
  /** `api`, or the run and step of an `update` step. */
  by: string;
  update: ContactUpdate;
  /** ISO */
  at: string;
  /** One more than that of the run's or event's cause (I8). */
  depth: number;
  /** The form post that the run came from. */
  post?: ContactEvent['post'] | undefined;
  /** Called with the contact before it is edited; throws to refuse. */
  check?: (contact: Contact) => void;
  /** From now on these lead to the contact too, as far as they are free. */
  identities?: readonly Identity[];
  /** Where nothing changes, nothing is stored. */
  quiet?: true;
  /** Called when a new address leads to another contact already; throws to refuse. */
  onTaken?: (taken: readonly Identity[]) => void;
  /** Other parts of the same transaction, made anew at each try: a step's own record. */
  together?: Together;
}

const identitiesIn = (contact: Contact, update: ContactUpdate): Identity[] =>
  newAddresses(contact, update.set ?? {}).map(({ channel, address }) => ({
    kind: channel === 'email' ? 'email' : 'phone',
    value: address,
  }));

const decideEdit = async (store: Store, contact: Contact, edit: Edit): Promise<Decision> => {
  const { id, by, at, depth, post } = edit;
  edit.check?.(contact);
  const wanted = byStrength([...identitiesIn(contact, edit.update), ...(edit.identities ?? [])]);
  const { free, taken, conflicts } = await freeIdentities(store, contact.id, wanted);
  if (taken.length > 0) edit.onTaken?.(taken);
  const update = withoutOthers(edit.update, conflicts);
  const applied = updateContact(contact, update, {
    ...{ by, at },
    known: await known(store, contact, update.set),
    settings: await contactSettingsOf(store),
  });
  const event: ContactEvent = {
    ...{ id, at, depth, contact: contact.id, happenedAt: at, change: applied.change },
    ...{ type: 'change', name: 'Contact Changed', properties: {}, state: 'accepted' },
    ...(conflicts.length > 0 ? { conflicts } : {}),
    ...(post ? { post } : {}),
  };
  return { ...applied, event, identities: free };
};

/** An address of another contact becomes nobody else's field; both histories say that it was named. */
const withoutOthers = ({ set, ...update }: ContactUpdate, conflicts: readonly IdentityConflict[]) => {
  const isTaken = (name: string): boolean => conflicts.some(({ kind }) => kind === name);
  const kept = Object.entries(set ?? {}).filter(([name]) => !isTaken(name));
  return { ...update, ...(set ? { set: Object.fromEntries(kept) } : {}) };
};

/** What our own steps and the API change; tells the journeys by an event of type `change`. */
export const editContact = async (
  store: Store,
  contactId: string,
  edit: Edit,
): Promise<Outcome | undefined> => {
  await renewedAudience(store);
  return editInTurn(store, contactId, edit);
};

/** As `editContact`, for one of many: who calls it has renewed the catalogue. */
export const editInTurn = (store: Store, contactId: string, edit: Edit): Promise<Outcome | undefined> =>
  inTurn(store, contactId, () =>
    recordOnce(store, {
      id: edit.id,
      contactId,
      decide: (contact) => decideEdit(store, contact, edit),
      together: edit.together,
      quiet: edit.quiet,
    }),
  );
