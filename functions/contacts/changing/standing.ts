import { iso } from '#kernel/clock';
import type { Contact } from '#model/contact';
import type { ContactChange, ContactEvent } from '#model/event';
import { mayChange } from '#policy/contacts/apply-event';
import type { Happening } from '#policy/contacts/contact-facts';
import { hasPublicName } from '#policy/journeys/match';
import {
  type Audience,
  asksForChange,
  asksForEvent,
  eventsSince,
  isAskedAfter,
  type Reviewed,
  reviewContact,
  type Standing,
} from '#policy/segments/audience';
import { catalogueOf } from '#store/catalogue/catalogue';
import { loadAudience } from '#store/contacts/audience';
import { eventsWithin, type Whole } from '#store/contacts/events';
import type { NewStanding, Profile } from '#store/contacts/profiles';
import { ReadAgain } from '#store/retry';
import type { Store } from '#store/store';

/** The audience as it is now: one read. Handlers that renew the catalogue themselves need it not. */
export const renewedAudience = async (store: Store): Promise<Audience> => {
  await catalogueOf(store).renew();
  return loadAudience(store);
};

/** Never older than what the contact was last looked at for: another function may know a newer one. */
export const audienceFor = async (store: Store, { version }: Standing): Promise<Audience> => {
  const audience = await loadAudience(store);
  return audience.version < version ? renewedAudience(store) : audience;
};

/** May the event say something that the audience asks for? Else nobody need look at the contact. */
export const concernsAudience = (audience: Audience, event: ContactEvent): boolean =>
  mayChange(event) || (hasPublicName(event) && asksForEvent(audience, event.name));

export const isOutdated = (audience: Audience, standing: Standing): boolean =>
  audience.version !== standing.version;

export const isDue = ({ due }: Standing, now: number): boolean => due !== undefined && Date.parse(due) <= now;

const concernsContact = (
  audience: Audience,
  standing: Standing,
  { change, event }: { change: ContactChange; event: ContactEvent },
): boolean =>
  isOutdated(audience, standing) ||
  asksForChange(audience, change) ||
  // The other one's past is the contact's own from now on.
  event.type === 'identity' ||
  (hasPublicName(event) && asksForEvent(audience, event.name));

/** Everything that the audience asks about the contact's past. @param just an event that is not stored yet */
export const happenings = async (
  store: Store,
  audience: Audience,
  { contact, just }: { contact: Whole; just?: ContactEvent | undefined },
): Promise<Happening[]> => {
  const since = eventsSince(audience, store.clock.now());
  if (since === undefined) return [];
  const stored = await eventsWithin(store, contact, since > 0 ? { since: iso(since) } : {});
  return just && !stored.some(({ id }) => id === just.id) ? [...stored, just] : stored;
};

/**
 * Time, or new words of a segment, moved the contact before this event did, and nobody has looked yet:
 * that comes first, so that each is told for what it is.
 */
export class ReviewFirst extends ReadAgain {}

const mustReviewFirst = (audience: Audience, { contact, standing }: Profile, now: number): boolean =>
  isDue(standing, now) ||
  (isOutdated(audience, standing) && (standing.version > 0 || isAskedAfter(audience, contact)));

export interface Changed {
  change: ContactChange;
  /** Absent where the audience asks for nothing of it. */
  next?: NewStanding;
}

export const standingOf = (reviewed: Omit<Reviewed, 'dates'>): NewStanding => ({
  version: reviewed.version,
  segments: reviewed.segments,
  checkedAt: reviewed.checkedAt,
  due: reviewed.due,
});

/** Which segments a change moves the contact into and out of, to be written with the change. */
export const moveContact = async (
  store: Store,
  profile: Profile,
  { contact, change, event }: { contact: Contact; change: ContactChange; event: ContactEvent },
): Promise<Changed> => {
  const { standing } = profile;
  const audience = await audienceFor(store, standing);
  if (!concernsContact(audience, standing, { change, event })) return { change };
  const now = store.clock.now();
  if (mustReviewFirst(audience, profile, now)) throw new ReviewFirst('what moved it before comes first');
  const events = await happenings(store, audience, { contact, just: event });
  const reviewed = reviewContact(audience, standing, { contact, now, events });
  return {
    change: { ...change, segmentsEntered: reviewed.entered, segmentsLeft: reviewed.left },
    next: standingOf({ ...reviewed, checkedAt: now }),
  };
};
