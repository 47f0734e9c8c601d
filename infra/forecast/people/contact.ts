import { addressFields, contactChannels } from '#model/channel';
import { type Contact, emptyContact } from '#model/contact';
import type { Rates } from '#model/forecast-rates';
import type { Chance } from './chance.ts';

/** Somebody of whom no more is known than where messages reach them. */
export const imagineContact = (chance: Chance, { reachable = {} }: Rates): Contact => {
  const contact = emptyContact('imagined', '');
  for (const channel of contactChannels) {
    if (chance() >= (reachable[channel] ?? 1)) continue;
    contact.fields[addressFields[channel]] = 'somebody';
    contact.consent[channel] = { given: true, at: '', source: 'forecast' };
  }
  return contact;
};
