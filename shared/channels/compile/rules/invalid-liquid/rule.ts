import type { TemplateRule } from '../../rule.ts';

export const invalidLiquid: TemplateRule = {
  id: 'invalid-liquid',
  severity: 'error',
  explained: {
    id: 'invalid-liquid',
    severity: 'error',
    title: 'A template is good Liquid',
    explain: 'A tag is not closed, a filter does not exist, or a tag reads files, which templates may not.',
    why: 'A template that cannot be rendered would stop its message for every contact.',
    as: 'text',
    example: {
      place: 'words',
      wrong: "{{ contact.firstName | default: 'you' | shout }}",
      right: "{{ contact.firstName | default: 'you' | upcase }}",
    },
  },
  check: ({ contents }) =>
    contents.flatMap(({ bodies }) => bodies.flatMap(({ broken }) => (broken ? [broken] : []))),
};
