import type { Explained } from '#kernel/explained';

export const notJson: Explained = {
  id: 'not-json',
  severity: 'error',
  title: 'The text is JSON',
  explain:
    'A comma, quote or bracket is missing, a comma is left over after the last entry, or a comment stands in it. Only the first mistake is told: what follows is mostly its echo.',
  why: 'A text that is not JSON has no parts to look at, so nothing else can be checked.',
  example: {
    place: 'text',
    wrong: `{
  "wayleaf": 1, "id": "hello", "name": "Hello",
  "enter": { "on": [{ "manual": true }] },
  "steps": [{ "id": "bye", "type": "exit" }],
}`,
    right: `{
  "wayleaf": 1, "id": "hello", "name": "Hello",
  "enter": { "on": [{ "manual": true }] },
  "steps": [{ "id": "bye", "type": "exit" }]
}`,
  },
};
