import type { TemplateRule } from '../../rule.ts';

/** Gmail's bound, in bytes of the HTML as it arrives. */
const mostBytes = 102_000;

export const mailClipped: TemplateRule = {
  id: 'mail-clipped',
  severity: 'warning',
  ofWhole: true,
  explained: {
    id: 'mail-clipped',
    severity: 'warning',
    title: 'A mail is small enough to be shown whole',
    explain:
      'Gmail shows about the first 102 KB of the HTML of a mail and hides the rest behind a link. Counted is the mail as it is sent, with an example of each value and with the links that count clicks.',
    why: 'What is hidden is the end: the unsubscribe link, and the pixel that counts opens.',
    example: {
      place: 'words',
      wrong: 'a mail of 150 KB of HTML',
      right: 'a shorter mail, with links to the rest',
    },
  },
  check: ({ contents }) =>
    contents.flatMap(({ bytes = 0, bodies, path }) => {
      if (bytes <= mostBytes) return [];
      const name = bodies.some((body) => body.name === 'mjml') ? 'mjml' : 'html';
      const size = `${Math.ceil(bytes / 1000)} KB`;
      return [
        {
          path: `${path}/${name}`,
          message: `the HTML has about ${size} when it is sent; Gmail cuts mails off after 102 KB`,
          hint: 'write a shorter mail with links to the rest, or take long styles out',
        },
      ];
    }),
};
