import type { Explained } from '#kernel/explained';

export const tooDeep: Explained = {
  id: 'too-deep',
  severity: 'error',
  title: 'A document nests at most 32 levels deep',
  explain: 'Each { and [ that is open counts. A decision in a decision takes four levels.',
  why: 'Deep trees are not readable, and some programs that read JSON break on them. Let decisions follow each other: when the steps of a branch end, the run goes on after the decision.',
  example: {
    place: 'words',
    wrong: 'a decision in a decision in a decision, eight deep',
    right: 'decisions that follow each other',
  },
};
