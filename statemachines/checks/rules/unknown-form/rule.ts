import type { Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';

export const unknownForm: Rule = {
  id: 'unknown-form',
  severity: 'error',
  title: 'A form that is named exists',
  explain:
    'A `form` is the name of a file in the folder `forms` of the client, without `.json`, or of one that was uploaded.',
  why: 'A form that is not defined accepts no posts, so nobody would ever come this way.',
  example: {
    place: 'members',
    wrong: '"exit": [{ "on": { "form": "demo-reqest" } }]',
    right: '"exit": [{ "on": { "form": "demo-request" } }]',
  },
  check: ({ triggers, references: { forms } }) =>
    triggers.flatMap(({ value, path }) =>
      'form' in value ? unknownName('form', value.form, [...path, 'form'], forms) : [],
    ),
};
