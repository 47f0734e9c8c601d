import type { ExplainedTemplate } from '../../rule.ts';

export const invalidMjml: ExplainedTemplate = {
  id: 'invalid-mjml',
  severity: 'error',
  title: 'A body in MJML is good MJML',
  explain:
    'An element is unknown, stands where it must not, is not closed, or has an attribute that it cannot have.',
  why: 'MJML makes something of nearly everything, and what it makes then looks broken in some inbox.',
  as: 'mjml',
  example: {
    place: 'words',
    wrong: '<mj-buton href="https://www.acme.example/">Go</mj-buton>',
    right: '<mj-button href="https://www.acme.example/">Go</mj-button>',
  },
};
