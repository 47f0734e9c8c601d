import { type Contact, emptyContact } from '#model/contact';
import { addressFields, type ContactChannel } from '#policy/sending';
import type { UpdateEffect } from '#statemachines/steps/effects';
import type { Chance } from './chance.ts';
import type { Rates } from './rates-schema.ts';

/** Somebody of whom no more is known than where messages reach them. */
export const imagineContact = (chance: Chance, { reachable = {} }: Rates): Contact => {
  const contact = emptyContact('imagined', '');
  for (const channel of ['email', 'sms', 'push'] as const) {
    if (chance() >= (reachable[channel] ?? 1)) continue;
    contact.fields[addressFields[channel]] = 'somebody';
    contact.consent[channel] = { given: true, at: '', source: 'forecast' };
  }
  return contact;
};

export const changeContact = (contact: Contact, effect: UpdateEffect): void => {
  const { set, unset = [], addTags = [], removeTags = [], addScore = 0, stage } = effect;
  Object.assign(contact.fields, set);
  for (const name of unset) delete contact.fields[name];
  contact.tags = [...new Set([...contact.tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
  contact.score += addScore;
  if (stage !== undefined) contact.stage = stage;
};

export const unsubscribe = (contact: Contact, channel: ContactChannel): void => {
  contact.consent[channel] = { given: false, at: '', source: 'unsubscribe' };
};

export const suppress = (contact: Contact, channel: ContactChannel): void => {
  contact.suppressed[channel] = { reason: 'hard-bounce', at: '' };
};
