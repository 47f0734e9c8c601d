import type { Explained } from '#kernel/explained';

export const emptyList: Explained = {
  id: 'empty-list',
  severity: 'error',
  title: 'A list has at least one entry',
  explain: 'The list is there, but nothing stands in it.',
  why: 'Nothing could match it, so the way would be dead.',
  example: {
    place: 'condition',
    wrong: '{ "contact": "plan", "in": [] }',
    right: '{ "contact": "plan", "in": ["pro", "team"] }',
  },
};
