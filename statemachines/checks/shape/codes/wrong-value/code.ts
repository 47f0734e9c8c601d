import type { Explained } from '#kernel/explained';

export const wrongValue: Explained = {
  id: 'wrong-value',
  severity: 'error',
  title: 'A value is one of those allowed',
  explain: 'Some members take one of a few words, which the message lists.',
  why: 'Another word has no meaning here.',
  example: {
    place: 'members',
    wrong: '"sending": { "class": "promo" }',
    right: '"sending": { "class": "marketing" }',
  },
};
