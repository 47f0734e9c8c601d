import type { ExplainedTemplate } from '../../rule.ts';

export const liquidBetweenElements: ExplainedTemplate = {
  id: 'liquid-between-elements',
  severity: 'error',
  title: 'Liquid stands in elements of MJML, or in <mj-raw>',
  explain:
    'MJML drops text that stands between its elements, and Liquid tags are text to it. Within the text of an element, or in `<mj-raw>`, they stay.',
  why: 'An `{% if %}` that is lost without a word shows everybody what was meant for a few.',
  as: 'mjml',
  example: {
    place: 'words',
    wrong: '{% if contact.vip %}<mj-text>For you</mj-text>{% endif %}',
    right: '<mj-raw>{% if contact.vip %}</mj-raw><mj-text>For you</mj-text><mj-raw>{% endif %}</mj-raw>',
  },
};
