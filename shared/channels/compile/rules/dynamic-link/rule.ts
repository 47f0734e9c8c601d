import { judgedLinks } from '../../judged-links.ts';
import type { TemplateRule } from '../../rule.ts';

export const dynamicLink: TemplateRule = {
  id: 'dynamic-link',
  severity: 'warning',
  explained: {
    id: 'dynamic-link',
    severity: 'warning',
    title: 'Where a link leads is known before it is sent',
    explain:
      'The site of a link is written in the template or in client.json, not by a contact or an event, and values that stand in its path are encoded with `url_encode`.',
    why: 'A form or an event that anybody may send would choose where your readers go. Such links are left as they are and their clicks are not counted; a value with a blank or "&" in it breaks the address.',
    as: 'mjml',
    example: {
      place: 'words',
      wrong: `<mj-button href="https://www.acme.example/cart/{{ trigger.properties.cart | default: '' }}">Go on</mj-button>`,
      right: `<mj-button href="https://www.acme.example/cart/{{ trigger.properties.cart | default: '' | url_encode }}">Go on</mj-button>`,
    },
  },
  check: judgedLinks('dynamic-link'),
};
