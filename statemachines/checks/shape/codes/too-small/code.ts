import type { Explained } from '#kernel/explained';

export const tooSmall: Explained = {
  id: 'too-small',
  severity: 'error',
  title: 'A number is not too small',
  explain: 'The message says which is the smallest allowed.',
  why: 'A cap of nought would send nothing at all, and a weight below nought has no meaning.',
  example: {
    place: 'members',
    wrong: '"sending": { "cap": { "email": { "atMost": 0, "per": "7 days" } } }',
    right: '"sending": { "cap": { "email": { "atMost": 1, "per": "7 days" } } }',
  },
};
