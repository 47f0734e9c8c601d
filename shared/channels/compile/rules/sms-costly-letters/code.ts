import type { ExplainedTemplate } from '../../rule.ts';

export const smsCostlyLetters: ExplainedTemplate = {
  id: 'sms-costly-letters',
  severity: 'warning',
  title: 'A text keeps to the letters of GSM',
  explain:
    'One letter outside of the alphabet of GSM, such as a typographic quote, turns the whole text into UCS-2.',
  why: 'Then a part holds 70 letters instead of 160, and the text costs more than twice as much.',

  example: {
    place: 'words',
    wrong: '“Hello”',
    right: '"Hello"',
  },
};
