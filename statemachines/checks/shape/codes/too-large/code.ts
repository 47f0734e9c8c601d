import type { Explained } from '#kernel/explained';

export const tooLarge: Explained = {
  id: 'too-large',
  severity: 'error',
  title: 'A number is not too large',
  explain: 'The message says which is the largest allowed.',
  why: 'A weight is a percentage; the other bounds keep the work for one contact finite.',
  example: {
    wrong: `{ "id": "test", "type": "split", "arms": [
  { "name": "a", "weight": 150, "steps": [] },
  { "name": "b", "weight": 0, "steps": [] }
] }`,
    right: `{ "id": "test", "type": "split", "arms": [
  { "name": "a", "weight": 100, "steps": [] },
  { "name": "b", "weight": 0, "steps": [] }
] }`,
  },
};
