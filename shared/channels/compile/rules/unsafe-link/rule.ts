import { judgedLinks } from '../../judged-links.ts';
import type { TemplateRule } from '../../rule.ts';

export const unsafeLink: TemplateRule = {
  id: 'unsafe-link',
  severity: 'error',
  explained: {
    id: 'unsafe-link',
    severity: 'error',
    title: 'A link runs nothing',
    explain:
      'The address of a link is no script and holds no page of its own: javascript:, vbscript:, data:, file: and the like are refused, however they are spelled.',
    why: 'Mail programs take such links away, filters take the mail for an attack, and whatever it is to do it does for nobody. Should one get past this, it is sent as "#".',
    as: 'mjml',
    example: {
      place: 'words',
      wrong: '<mj-button href="javascript:history.back()">Back</mj-button>',
      right: '<mj-button href="https://www.acme.example/">Back</mj-button>',
    },
  },
  check: judgedLinks('unsafe-link'),
};
