import type { Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';

export const unknownTemplate: Rule = {
  id: 'unknown-template',
  severity: 'error',
  title: 'A template that is named exists',
  explain: 'Publishing freezes the templates that a journey names; one that is missing could not be frozen.',
  example: {
    wrong: '{ "type": "email", "template": "welcom" }',
    right: '{ "type": "email", "template": "welcome" }',
  },
  check: ({ uses, references: { templates } }) =>
    uses
      .filter((use) => use.kind === 'template')
      .flatMap(({ value, path }) => unknownName('template', value, path, templates)),
};
