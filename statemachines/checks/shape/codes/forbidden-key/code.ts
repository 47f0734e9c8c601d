import type { Explained } from '#kernel/explained';

export const forbiddenKey: Explained = {
  id: 'forbidden-key',
  severity: 'error',
  title: 'No member is called `__proto__`, `constructor` or `prototype`',
  explain: 'These three names reach into the workings of JavaScript.',
  why: 'A document from outside must not change how the program works.',
  example: {
    wrong: '{ "id": "note", "type": "update", "set": { "constructor": "x" } }',
    right: '{ "id": "note", "type": "update", "set": { "builder": "x" } }',
  },
};
