import type { Contact } from '#model/contact';
import { type Applied, type KnownSuppressions, suppressKnown } from './apply-event.ts';
import { type ConsentWord, hearConsent, knowAddress } from './consent.ts';
import { changeBetween } from './contact-change.ts';
import { addTags, refusedStage, removeTags, setField, setStage, unsetField } from './contact-fields.ts';
import type { ContactSettings } from './contact-settings.ts';
import { addScore, putScore } from './score-rules.ts';
import { channelsFirst } from './topic-channel.ts';

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
const setMember = (
  contact: Contact,
  [name, value]: readonly [string, unknown],
  { at, settings }: { at: string; settings: ContactSettings },
): Contact => {
  if (name === 'tags') return Array.isArray(value) ? addTags({ ...contact, tags: [] }, value) : contact;
  if (name === 'score') return putScore(contact, value, { at, settings });
  if (name === 'stage') return setStage(contact, value, settings.stages);
  return setField(contact, name, value, settings.fields);
};

/**
 * @param by what changed it, for the record: `api`, or the run and step
 * @param known what is known against addresses that the contact did not have before
 * @param settings what the client says of fields, score and stages
 */
export const updateContact = (
  contact: Contact,
  update: ContactUpdate,
  {
    by,
    at,
    known = {},
    settings = {},
  }: { by: string; at: string; known?: KnownSuppressions; settings?: ContactSettings | undefined },
): Applied => {
  let next = Object.entries(update.set ?? {}).reduce(
    (c, member) => setMember(c, member, { at, settings }),
    contact,
  );
  if (contact.fields.email !== undefined && next.fields.email === contact.fields.email && update.set?.email)
    next = knowAddress(next, 'email', at);
  next = (update.unset ?? []).reduce(unsetField, suppressKnown(next, known));
  next = removeTags(addTags(next, update.addTags ?? []), update.removeTags ?? []);
  next = setStage(addScore(next, update.addScore, { at, settings }), update.stage, settings.stages);
  next = channelsFirst(update.consent ?? []).reduce((c, word) => hearConsent(c, word, at), next);
  const change = {
    ...changeBetween(contact, next, by),
    ...refusedStage(contact, update.stage ?? update.set?.stage, settings.stages),
  };
  return next === contact ? { contact, change } : { contact: { ...next, updatedAt: at }, change };
};
