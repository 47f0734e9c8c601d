import type { Contact } from '#model/contact';
import { type Applied, type KnownSuppressions, suppressKnown } from './apply-event.ts';
import { type ConsentWord, hearConsent } from './consent.ts';
import { changeBetween } from './contact-change.ts';
import { addTags, removeTags, setField, setScore, setStage, unsetField } from './contact-fields.ts';

/** What an `update` step or `PATCH /v1/contacts/{id}` asks for. */
export interface ContactUpdate {
  set?: Readonly<Record<string, unknown>> | undefined;
  unset?: readonly string[] | undefined;
  addTags?: readonly string[] | undefined;
  removeTags?: readonly string[] | undefined;
  addScore?: number | undefined;
  stage?: string | undefined;
  consent?: readonly ConsentWord[] | undefined;
}

/** `tags`, `score` and `stage` can also be `set`, by the names that conditions know them by. */
const setMember = (contact: Contact, name: string, value: unknown): Contact => {
  if (name === 'tags') return Array.isArray(value) ? addTags({ ...contact, tags: [] }, value) : contact;
  if (name === 'score') return setScore(contact, value);
  if (name === 'stage') return setStage(contact, value);
  return setField(contact, name, value);
};

/**
 * @param by what changed it, for the record: `api`, or the run and step
 * @param known what is known against addresses that the contact did not have before
 */
export const updateContact = (
  contact: Contact,
  update: ContactUpdate,
  { by, at, known = {} }: { by: string; at: string; known?: KnownSuppressions },
): Applied => {
  let next = Object.entries(update.set ?? {}).reduce(
    (c, [name, value]) => setMember(c, name, value),
    contact,
  );
  next = (update.unset ?? []).reduce(unsetField, suppressKnown(next, known));
  next = removeTags(addTags(next, update.addTags ?? []), update.removeTags ?? []);
  next = setStage(setScore(next, next.score + (update.addScore ?? 0)), update.stage);
  next = (update.consent ?? []).reduce((c, word) => hearConsent(c, word, at), next);
  const change = changeBetween(contact, next, by);
  return next === contact ? { contact, change } : { contact: { ...next, updatedAt: at }, change };
};
