import { isUnclosed } from '../../liquid.ts';
import type { Rule } from '../../rule.ts';

export const brokenText: Rule = {
  id: 'broken-text',
  severity: 'error',
  title: 'Each {{ in a text is closed',
  explain: 'A text that cannot be rendered would stop its message for every contact.',
  example: {
    wrong: '"subject": "Hello {{ contact.firstName }"',
    right: '"subject": "Hello {{ contact.firstName }}"',
  },
  check: ({ texts }) =>
    texts
      .filter(({ value }) => isUnclosed(value))
      .map(({ path }) => ({
        path,
        message: 'this text opens {{ or {% without closing it, or closes what was not opened',
        hint: 'write variables as {{ contact.firstName }}',
      })),
};
