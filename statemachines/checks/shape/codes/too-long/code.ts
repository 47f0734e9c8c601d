import type { Explained } from '#kernel/explained';

export const tooLong: Explained = {
  id: 'too-long',
  severity: 'error',
  title: 'A text is not too long',
  explain: 'The message says how many characters are allowed.',
  why: 'Names stand on cards and in reports; long texts belong into templates.',
  example: {
    place: 'members',
    wrong:
      '"objective": "More demos, and then some more. More demos, and then some more. More demos, and then some more. More demos, and then some more. More demos, and then some more. More demos, and then some more. More demos, and then some more. More demos, and then some more. More demos, and then some more. More demos, and then some more. "',
    right: '"objective": "More demos"',
  },
};
