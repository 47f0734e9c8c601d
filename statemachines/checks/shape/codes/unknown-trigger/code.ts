import type { Explained } from '#kernel/explained';

export const unknownTrigger: Explained = {
  id: 'unknown-trigger',
  severity: 'error',
  title: 'A trigger has one of the forms of the language',
  explain:
    'An object under `on` names a form, an event, a segment with `when`, or a tag. To enter, it may also be a date or `manual`; to answer a wait, a message.',
  why: 'What cannot be heard would never start, end or answer anything.',
  example: {
    place: 'members',
    wrong: '"exit": [{ "on": { "date": "contact.endsAt" } }]',
    right: '"exit": [{ "on": { "event": "Subscription Ended" } }]',
  },
};
