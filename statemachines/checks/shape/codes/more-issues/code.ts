import type { Explained } from '#kernel/explained';

export const moreIssues: Explained = {
  id: 'more-issues',
  severity: 'error',
  title: 'There are at most 5,000 issues in one answer',
  explain: 'More were found than one answer holds; the rest is left out.',
  why: 'Nobody reads so many. Most of them are echoes of a few: mend the first ones and check again.',
  example: {
    place: 'words',
    wrong: 'a document with more than 5,000 mistakes',
    right: 'one with fewer',
  },
};
