import { judgedLinks } from '../../judged-links.ts';
import type { TemplateRule } from '../../rule.ts';

export const brokenLink: TemplateRule = {
  id: 'broken-link',
  severity: 'warning',
  explained: {
    id: 'broken-link',
    severity: 'warning',
    title: 'A link leads somewhere',
    explain:
      'The address of a link or an image is a whole one: it begins with https://, mailto: or tel:, or names a page of the client as `{{ links.NAME }}`. An address without a site, with a blank in it, or only a "#" leads nowhere.',
    why: 'A mail stands on no site, so that a piece of an address means nothing there. It cannot be mended once it was sent.',
    as: 'mjml',
    example: {
      place: 'words',
      wrong: '<mj-button href="www.acme.example/trial">Try it</mj-button>',
      right: '<mj-button href="https://www.acme.example/trial">Try it</mj-button>',
    },
  },
  check: judgedLinks('broken-link'),
};
