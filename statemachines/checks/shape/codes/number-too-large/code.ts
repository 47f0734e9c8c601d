import type { Explained } from '#kernel/explained';

export const numberTooLarge: Explained = {
  id: 'number-too-large',
  severity: 'error',
  title: 'A number is one that can be kept',
  explain: 'Numbers go up to about 1.8 with 308 zeros.',
  why: 'A larger one would become “infinite”, with which nothing can be compared.',
  example: {
    place: 'condition',
    wrong: '{ "contact": "size", "above": 1e999 }',
    right: '{ "contact": "size", "above": 1e9 }',
  },
};
