import type { Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';

export const unknownTemplate: Rule = {
  id: 'unknown-template',
  severity: 'error',
  title: 'A template that is named exists',
  explain:
    'A `template` is the name of a file in the folder `templates` of the client, without `.json`, or of one that was uploaded.',
  why: 'Without its template a message cannot be made, and nobody would get it.',
  example: {
    wrong: '{ "id": "mail", "type": "email", "template": "welcom" }',
    right: '{ "id": "mail", "type": "email", "template": "welcome" }',
  },
  check: ({ uses, references: { templates } }) =>
    uses
      .filter((use) => use.kind === 'template')
      .flatMap(({ value, path }) => unknownName('template', value, path, templates)),
};
