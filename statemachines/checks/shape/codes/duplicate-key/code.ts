import type { Explained } from '#kernel/explained';

export const duplicateKey: Explained = {
  id: 'duplicate-key',
  severity: 'error',
  title: 'A member stands once in an object',
  explain: 'The same name was written twice between the same braces.',
  why: 'Only one of the two could count, and programs do not agree which.',
  example: {
    place: 'members',
    wrong: '"objective": "More demos", "objective": "More sales"',
    right: '"objective": "More demos"',
  },
};
