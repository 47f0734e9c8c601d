import { isUnclosed } from '../../liquid.ts';
import type { Rule } from '../../rule.ts';

export const brokenText: Rule = {
  id: 'broken-text',
  severity: 'error',
  title: 'Each {{ in a text is closed',
  explain:
    'A text for people is Liquid: each {{ has its }}, each {% if %} its {% endif %}, and filters exist.',
  why: 'A text that cannot be rendered would stop its message for every contact.',
  example: {
    wrong: '{ "id": "text", "type": "sms", "text": "Hello {{ contact.firstName }" }',
    right: '{ "id": "text", "type": "sms", "text": "Hello {{ contact.firstName }}" }',
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
