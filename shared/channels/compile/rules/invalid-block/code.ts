import type { ExplainedTemplate } from '../../rule.ts';

export const invalidBlock: ExplainedTemplate = {
  id: 'invalid-block',
  severity: 'error',
  title: 'Blocks of a layout are written as pairs',
  explain:
    'A layout marks with `{% block NAME %}…{% endblock %}` what a template may replace, and with `{% block content %}{% endblock %}` where its body goes. A template names blocks that its layout has, each once; a block stands in no other block.',
  why: 'What belongs to no block of the layout would be lost without a word.',

  example: {
    place: 'words',
    wrong:
      '{% block fotter %}You asked for it.{% endblock %} in a template whose layout has a block "footer"',
    right: '{% block footer %}You asked for it.{% endblock %}',
  },
};
