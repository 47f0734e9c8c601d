import type { Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';

export const unknownForm: Rule = {
  id: 'unknown-form',
  severity: 'error',
  title: 'A form that is named exists',
  explain: 'A form that is not defined accepts no posts, so nobody would ever come in.',
  example: { wrong: '{ "form": "demo-reqest" }', right: '{ "form": "demo-request" }' },
  check: ({ triggers, references: { forms } }) =>
    triggers.flatMap(({ value, path }) =>
      'form' in value ? unknownName('form', value.form, [...path, 'form'], forms) : [],
    ),
};
