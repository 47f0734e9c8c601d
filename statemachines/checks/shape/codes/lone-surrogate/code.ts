import type { Explained } from '#kernel/explained';

export const loneSurrogate: Explained = {
  id: 'lone-surrogate',
  severity: 'error',
  title: 'A text holds whole characters',
  explain:
    'Half of a character (one of two surrogates of UTF-16) was written, mostly because a text was cut in the middle of an emoji.',
  why: 'It cannot be written in UTF-8, so that it would be lost or stop a message on its way.',
  example: {
    place: 'members',
    wrong: '"objective": "More demos \\ud83d"',
    right: '"objective": "More demos \\ud83d\\ude80"',
  },
};
