import type { Explained } from '#kernel/explained';

/** Codes of the shape of templates, layouts, partials, forms and segments, as zod names them. */
export const shapeExplanations: readonly Explained[] = [
  {
    id: 'unrecognized-keys',
    severity: 'error',
    title: 'There are only the members that are named',
    explain: 'A document has a member that there is not, mostly a slip in its name.',
    why: 'What is not known is not done, and nobody would be told.',
    example: { place: 'words', wrong: '"subjet": "Hello"', right: '"subject": "Hello"' },
  },
  {
    id: 'invalid-type',
    severity: 'error',
    title: 'A member has the type that is asked for',
    explain: 'A text stands where a number is asked for, or a member that is needed is missing.',
    why: 'The document cannot be understood without it.',
    example: { place: 'words', wrong: '"perDay": "10"', right: '"perDay": 10' },
  },
  {
    id: 'invalid-union',
    severity: 'error',
    title: 'A document has one of the forms that there are',
    explain:
      'What is written fits none of the forms, such as a template whose channel is neither `email` nor `sms`.',
    why: 'It is not said what should be done with it.',
    example: { place: 'words', wrong: '"channel": "fax"', right: '"channel": "email"' },
  },
  {
    id: 'invalid-value',
    severity: 'error',
    title: 'A member has one of the values that there are',
    explain: 'Only some words are allowed here; the message names them.',
    why: 'Another word would mean nothing.',
    example: { place: 'words', wrong: '"type": "tekst"', right: '"type": "text"' },
  },
  {
    id: 'invalid-format',
    severity: 'error',
    title: 'A text is written in the form that is asked for',
    explain: 'Ids, addresses, times and languages have a form; the message says which.',
    why: 'They are used in addresses and by other services, which refuse everything else.',
    example: { place: 'words', wrong: '"language": "German"', right: '"language": "de"' },
  },
  {
    id: 'invalid-key',
    severity: 'error',
    title: 'A name is written in the form that is asked for',
    explain: 'The names in this object have a form of their own, such as languages or ids.',
    why: 'They are looked up by exactly this name.',
    example: {
      place: 'words',
      wrong: '"languages": { "German": { … } }',
      right: '"languages": { "de": { … } }',
    },
  },
  {
    id: 'too-big',
    severity: 'error',
    title: 'A text, list or number is not too large',
    explain: 'The message says how much is allowed.',
    why: 'Inboxes and services cut off what is longer, or refuse it.',
    example: {
      place: 'words',
      wrong: 'a subject of 900 characters',
      right: 'a subject that a phone shows whole',
    },
  },
  {
    id: 'too-small',
    severity: 'error',
    title: 'A text, list or number is not too small',
    explain: 'The message says how much is needed.',
    why: 'An empty text or list means nothing here.',
    example: { place: 'words', wrong: '"subject": ""', right: '"subject": "Hello"' },
  },
  {
    id: 'custom',
    severity: 'error',
    title: 'Members of a document go together',
    explain:
      'A rule about several members does not hold; the message says which, such as `mjml` and `html` in one template.',
    why: 'Only one of them could count, and it is not said which.',
    example: { place: 'words', wrong: '"mjml": "…", "html": "…"', right: '"mjml": "…"' },
  },
];
