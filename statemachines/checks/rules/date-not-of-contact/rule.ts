import type { Rule } from '../../rule.ts';

export const dateNotOfContact: Rule = {
  id: 'date-not-of-contact',
  severity: 'error',
  title: 'A date that begins a journey is one of the contact',
  explain:
    'Before a journey begins there is no trigger and no result that could hold the date. In a `wait`, `until` may name those.',
  why: 'Nobody would ever enter by a date that is not known of the contact.',
  example: {
    place: 'text',
    wrong:
      '{ "wayleaf": 1, "id": "renew", "name": "Renew", "enter": { "on": [{ "date": "trigger.properties.renewal" }] }, "steps": [{ "id": "bye", "type": "exit" }] }',
    right:
      '{ "wayleaf": 1, "id": "renew", "name": "Renew", "enter": { "on": [{ "date": "contact.renewal" }] }, "steps": [{ "id": "bye", "type": "exit" }] }',
  },
  check: ({ triggers }) =>
    triggers.flatMap(({ path, value }) =>
      'date' in value && !value.date.startsWith('contact.')
        ? [
            {
              path: [...path, 'date'],
              message: `"${value.date}" is no date of the contact`,
              hint: `write "contact.${value.date.split('.').at(-1)}", a field that an event, a form or an update sets before`,
            },
          ]
        : [],
    ),
};
