import type { ExplainedTemplate } from '../../rule.ts';

export const mjmlInclude: ExplainedTemplate = {
  id: 'mjml-include',
  severity: 'error',
  title: 'MJML takes in no files',
  explain:
    '`<mj-include>` reads files, which templates may not. What several mails share is a layout or a partial.',
  why: 'Whoever uploads a template would read the disk of the machine that renders it.',
  as: 'mjml',
  example: {
    place: 'words',
    wrong: '<mj-include path="footer.mjml" />',
    right: "{% render 'mark' %}",
  },
};
