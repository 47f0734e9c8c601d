import type { Explained } from '#kernel/explained';

export const wrongType: Explained = {
  id: 'wrong-type',
  severity: 'error',
  title: 'A value is of the kind that is needed',
  explain: 'A text stands where a number is needed, an object where a list is needed, and the like.',
  why: '"5" and 5 are different in a condition: a number in quotes is above nothing.',
  example: {
    wrong: `{ "id": "test", "type": "split", "arms": [
  { "name": "a", "weight": "50", "steps": [] },
  { "name": "b", "weight": 50, "steps": [] }
] }`,
    right: `{ "id": "test", "type": "split", "arms": [
  { "name": "a", "weight": 50, "steps": [] },
  { "name": "b", "weight": 50, "steps": [] }
] }`,
  },
};
