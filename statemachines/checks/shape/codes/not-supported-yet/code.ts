import type { Explained } from '../../../rule.ts';

export const notSupportedYet: Explained = {
  id: 'not-supported-yet',
  severity: 'error',
  title: 'Everything that is used can run',
  explain: 'A part of version 1 of the language that this release cannot run.',
  why: 'It is told apart from mistakes: the document is right, and a later release will take it.',
  example: {
    wrong: '{ "id": "ping", "type": "webhook", "url": "https://x.example" }',
    right: '{ "id": "tell", "type": "notify", "team": "sales", "text": "Look" }',
  },
};
