import type { Explained } from '#kernel/explained';

export const unknownType: Explained = {
  id: 'unknown-type',
  severity: 'error',
  title: 'The type of a step is one of the language',
  explain: '`type` says what a step does. The reference lists all types.',
  why: 'Nobody would know what to do with the run.',
  example: {
    wrong: '{ "id": "mail", "type": "emial", "template": "welcome" }',
    right: '{ "id": "mail", "type": "email", "template": "welcome" }',
  },
};
