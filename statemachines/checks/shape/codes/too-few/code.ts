import type { Explained } from '#kernel/explained';

export const tooFew: Explained = {
  id: 'too-few',
  severity: 'error',
  title: 'A list has enough entries',
  explain: 'A split needs at least two arms.',
  why: 'With one arm there is nothing to compare.',
  example: {
    wrong: '{ "id": "test", "type": "split", "arms": [{ "name": "a", "weight": 100, "steps": [] }] }',
    right: `{ "id": "test", "type": "split", "arms": [
  { "name": "a", "weight": 50, "steps": [] },
  { "name": "b", "weight": 50, "steps": [] }
] }`,
  },
};
