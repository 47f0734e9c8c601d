import { find } from '../../references.ts';
import type { Rule } from '../../rule.ts';

export const wrongChannel: Rule = {
  id: 'wrong-channel',
  severity: 'error',
  title: 'A template is of the channel of its step',
  explain: 'An `email` step takes an e-mail template, an `sms` step an SMS template.',
  why: 'An e-mail template has a subject and a layout, an SMS template only a text; one cannot be made from the other.',
  example: {
    wrong: '{ "id": "mail", "type": "email", "template": "reminder" }',
    right: '{ "id": "text", "type": "sms", "template": "reminder" }',
  },
  check: ({ uses, references: { templates = {} } }) =>
    uses.flatMap((use) => {
      const template = use.kind === 'template' ? find(templates, use.value) : undefined;
      if (use.kind !== 'template' || !template || template.channel === use.channel) return [];
      const message = `template "${use.value}" is for ${template.channel}; this step sends ${use.channel}`;
      return [
        { path: use.path, message, hint: `use a step of type "${template.channel}", or another template` },
      ];
    }),
};
