import type { Explained } from '#kernel/explained';

export const missingMember: Explained = {
  id: 'missing-member',
  severity: 'error',
  title: 'Required members are there',
  explain: 'The object lacks a member without which it has no meaning.',
  why: 'Wayleaf does not guess what was meant.',
  example: {
    wrong: '{ "id": "mail", "type": "email" }',
    right: '{ "id": "mail", "type": "email", "template": "welcome" }',
  },
};
