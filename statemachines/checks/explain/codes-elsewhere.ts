import type { Explained } from '../rule.ts';

/** Codes that come with a journey though they are not of its language: of its templates, and of its owner. */
export const codesElsewhere: readonly Explained[] = [
  {
    id: 'taken-from-folder',
    severity: 'warning',
    title: 'A journey has one owner',
    explain:
      'The journey came with the folder of the client, and is now changed through the API. From now on it belongs to the API, and deployments leave it alone.',
    why: 'Otherwise the next deployment would undo what was changed.',
    example: {
      place: 'words',
      wrong: 'the same journey changed in the folder and through the API',
      right: 'one of the two places for each journey',
    },
  },
  {
    id: 'invalid-liquid',
    severity: 'error',
    title: 'A template is good Liquid',
    explain: 'A tag is not closed, a filter does not exist, or a tag reads files, which templates may not.',
    why: 'A template that cannot be rendered would stop its message for every contact.',
    example: {
      place: 'words',
      wrong: '{{ contact.firstName | shout }}',
      right: '{{ contact.firstName | upcase }}',
    },
  },
  {
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
  },
  {
    id: 'mail-clipped',
    severity: 'warning',
    title: 'A mail is small enough to be shown whole',
    explain: 'Gmail shows about the first 100 KB of a mail and hides the rest behind a link.',
    why: 'What is hidden is the end: the unsubscribe link, and the pixel that counts opens.',
    example: {
      place: 'words',
      wrong: 'a mail of 150 KB of HTML',
      right: 'a shorter mail, with links to the rest',
    },
  },
  {
    id: 'sms-costly-letters',
    severity: 'warning',
    title: 'A text keeps to the letters of GSM',
    explain:
      'One letter outside of the alphabet of GSM, such as a typographic quote, turns the whole text into UCS-2.',
    why: 'Then a part holds 70 letters instead of 160, and the text costs more than twice as much.',
    example: { place: 'words', wrong: '“Hello”', right: '"Hello"' },
  },
];
