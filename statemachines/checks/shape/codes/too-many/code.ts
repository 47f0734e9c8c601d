import type { Explained } from '#kernel/explained';

export const tooMany: Explained = {
  id: 'too-many',
  severity: 'error',
  title: 'A list has not too many entries',
  explain: 'The message says how many are allowed.',
  why: 'The bounds keep the machine, the mails and the pictures of a size that works.',
  example: {
    wrong: `{ "id": "morning", "type": "wait", "until": { "time": "09:30",
  "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon"] } }`,
    right: '{ "id": "morning", "type": "wait", "until": { "time": "09:30" } }',
  },
};
