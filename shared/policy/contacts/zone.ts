import { isZone } from '#kernel/zones';
import type { Contact } from '#model/contact';

/** The zone whose wall clock counts for this contact; what websites send may be no zone at all. */
export const zoneOf = (contact: Contact, clientZone: string): string => {
  const { timezone } = contact.fields;
  return typeof timezone === 'string' && isZone(timezone) ? timezone : clientZone;
};
