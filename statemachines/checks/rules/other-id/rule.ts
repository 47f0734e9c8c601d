import type { Rule } from '../../rule.ts';

export const otherId: Rule = {
  id: 'other-id',
  severity: 'error',
  title: 'A document goes by its own id',
  explain:
    'The `id` in the document, and the name of its file in the client’s folder (`ID.journey.json`) or the address of the API that it is sent to, are the same.',
  why: 'One of two journeys would be overwritten by the other; which one was meant is not known.',
  example: {
    place: 'words',
    wrong: 'welcome.journey.json with "id": "goodbye"',
    right: 'the same id in both places',
  },
  check: ({ raw, references: { id } }) =>
    id === undefined || typeof raw.id !== 'string' || raw.id === id
      ? []
      : [
          {
            path: ['id'],
            message: `the document says it is "${raw.id}", but it goes by "${id}"`,
            hint: `write "${id}" here, or use "${raw.id}" as the name`,
          },
        ],
};
