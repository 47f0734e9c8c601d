import type { Explained } from '#kernel/explained';

export const documentTooLarge: Explained = {
  id: 'document-too-large',
  severity: 'error',
  title: 'A document has at most 1 MB',
  explain: 'The size counts in bytes of UTF-8: a letter with an accent has two.',
  why: 'Step Functions takes a state machine of at most one megabyte, and nobody reads a tree of this size. Texts belong into templates.',
  example: {
    place: 'words',
    wrong: 'a document of more than 1,048,576 bytes',
    right: 'two journeys, the first of which enrolls into the second',
  },
};
