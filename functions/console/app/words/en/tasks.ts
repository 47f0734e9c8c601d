export const tasks = {
  title: 'Tasks',
  lead: 'What waits for a person. What is due first stands first.',
  nothing: {
    title: 'Nothing waits',
    text: 'When a journey asks a colleague to do something, it stands here.',
  },
  for: 'For',
  team: 'Team',
  journey: 'Journey',
  given: 'Given',
  due: (when: string) => `due ${when}`,
  overdue: (when: string) => `overdue since ${when}`,
  until: (when: string) => `The journey waits until ${when}.`,
  outcomes: 'What came of it',
  confirm: {
    title: (outcome: string) => `Answer “${outcome}”?`,
    verb: 'Answer',
    points: (who: string) => [
      `The journey goes on for ${who} along the branch of this answer, with all its messages.`,
      'An answer cannot be changed.',
    ],
  },
  done: (title: string, outcome: string) => `“${title}” is answered: ${outcome}.`,
};
