import { isDeepStrictEqual } from 'node:util';
import type { Contact } from '#model/contact';
import type { ContactChange } from '#model/event';

export const noChange = (by: string): ContactChange => ({
  by,
  fields: [],
  tagsAdded: [],
  tagsRemoved: [],
  scoreAdded: 0,
  consent: [],
  suppressed: [],
  segmentsEntered: [],
  segmentsLeft: [],
});

const differing = (before: Record<string, unknown>, after: Record<string, unknown>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !isDeepStrictEqual(before[key], after[key]),
  );

const ended = (before: Contact, after: Contact): Pick<ContactChange, 'consentEnded'> => {
  const keys = Object.entries(before.consent).filter(([key, { given }]) => given && !after.consent[key]);
  return keys.length > 0 ? { consentEnded: keys.map(([key]) => key) } : {};
};

/** What lies between two states of one contact: triggers by tag, stage and consent look here. */
export const changeBetween = (before: Contact, after: Contact, by: string): ContactChange => ({
  ...noChange(by),
  fields: differing(before.fields, after.fields),
  tagsAdded: after.tags.filter((tag) => !before.tags.includes(tag)),
  tagsRemoved: before.tags.filter((tag) => !after.tags.includes(tag)),
  scoreAdded: after.score - before.score,
  ...(after.stage !== undefined && after.stage !== before.stage
    ? { stage: { ...(before.stage === undefined ? {} : { from: before.stage }), to: after.stage } }
    : {}),
  consent: Object.entries(after.consent)
    .filter(([key, { given }]) => given !== (before.consent[key]?.given ?? false))
    .map(([key, { given }]) => ({ key, given })),
  suppressed: Object.keys(after.suppressed).filter((channel) => before.suppressed[channel] === undefined),
  ...ended(before, after),
});
