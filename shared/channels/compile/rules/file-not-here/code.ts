import type { ExplainedTemplate } from '../../rule.ts';

export const fileNotHere: ExplainedTemplate = {
  id: 'file-not-here',
  severity: 'error',
  title: 'Files beside a template are written into it before it is uploaded',
  explain:
    'A template of a client’s folder may name a file: `"mjml": { "file": "welcome.mjml" }`. The API takes the text itself.',
  why: 'The API cannot read your disk, and never reads its own for you.',

  example: {
    place: 'words',
    wrong: 'PUT /v1/templates/welcome with "mjml": { "file": "welcome.mjml" }',
    right: '"mjml": "<mjml>…</mjml>"',
  },
};
