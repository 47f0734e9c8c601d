import type { Explained } from '#kernel/explained';

export const emptyAudience: Explained = {
  id: 'empty-audience',
  severity: 'error',
  title: 'A list of conditions is not empty',
  explain: '`all` and `any` hold at least one condition.',
  why: 'An empty list says nothing about anybody. It never means “everybody”: to mean every contact, leave the condition out.',
  example: {
    place: 'condition',
    wrong: '{ "all": [] }',
    right: '{ "all": [{ "tag": "vip" }] }',
  },
};
