import type { Explained } from '#kernel/explained';

export const tooManyMembers: Explained = {
  id: 'too-many-members',
  severity: 'error',
  title: 'Members that exclude each other do not stand together',
  explain: 'Two members answer the same question, such as `text` and `template` of an SMS.',
  why: 'Only one of them can count, and it is not said which.',
  example: {
    wrong: '{ "id": "text", "type": "sms", "text": "Hello", "template": "reminder" }',
    right: '{ "id": "text", "type": "sms", "template": "reminder" }',
  },
};
