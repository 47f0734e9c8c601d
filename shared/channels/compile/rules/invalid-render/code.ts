import type { ExplainedTemplate } from '../../rule.ts';

export const invalidRender: ExplainedTemplate = {
  id: 'invalid-render',
  severity: 'error',
  title: 'A partial gets what it needs',
  explain:
    "A partial is taken in by `{% render 'button', text: 'Go', link: links.trial %}`: its name in quotes, then values by name. Each name that the partial prints without a default must be given, no other name may be, and a partial does not take itself in.",
  why: 'What is not given would be a hole in the message; a slip in a name would be a value that nobody sees.',
  as: 'text',
  example: {
    place: 'words',
    wrong: "{% render 'greeting', nmae: brand.name %}",
    right: "{% render 'greeting', name: brand.name %}",
  },
};
