import { find } from '../../references.ts';
import type { Rule } from '../../rule.ts';

export const wrongChannel: Rule = {
  id: 'wrong-channel',
  severity: 'error',
  title: 'A template is of the channel of its step',
  explain: 'An e-mail cannot be made from an SMS template, nor an SMS from an e-mail template.',
  example: {
    wrong: '{ "type": "email", "template": "reminder-sms" }',
    right: '{ "type": "sms", "template": "reminder-sms" }',
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
