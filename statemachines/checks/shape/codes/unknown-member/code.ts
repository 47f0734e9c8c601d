import type { Explained } from '#kernel/explained';

export const unknownMember: Explained = {
  id: 'unknown-member',
  severity: 'error',
  title: 'Each member is one that the language knows here',
  explain: 'The name is mistyped, stands in the wrong object, or belongs to another language.',
  why: 'A member that is silently ignored is worse than one that is refused: an exit rule with a slip in its name would never end a run.',
  example: {
    wrong: '{ "id": "mail", "type": "email", "templat": "welcome" }',
    right: '{ "id": "mail", "type": "email", "template": "welcome" }',
  },
};
