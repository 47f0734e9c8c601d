import type { Explained } from '#kernel/explained';

export const emptyText: Explained = {
  id: 'empty-text',
  severity: 'error',
  title: 'A text that is there says something',
  explain: 'The text between the quotes is empty.',
  why: 'An empty name or answer would leave a blank in pictures and reports. Leave the member out, or write something.',
  example: {
    wrong: '{ "id": "done", "type": "exit", "as": "" }',
    right: '{ "id": "done", "type": "exit", "as": "Not interested" }',
  },
};
