import type { ExplainedTemplate } from '../../rule.ts';

export const unknownLayout: ExplainedTemplate = {
  id: 'unknown-layout',
  severity: 'error',
  title: 'A layout that is named exists',
  explain:
    'A `layout` is the name of a file in the folder `layouts` of the client, without `.json`, or of one that was uploaded, and has a body of the form that the template has: `mjml` for MJML.',
  why: 'Without its layout a body is only a piece, and cannot be sent.',

  example: {
    place: 'words',
    wrong: '"layout": "mian"',
    right: '"layout": "main"',
  },
};
