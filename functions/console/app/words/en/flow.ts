export const flow = {
  end: 'End',
  map: 'Map of the journey',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  fit: 'Show all of it',
  kinds: { action: 'Action', decision: 'Decision', wait: 'Wait', exit: 'Exit', end: 'End' },
  answers: (answers: readonly string[]) => `Answers: ${answers.join(', ')}`,
  found: (n: number) => (n === 1 ? '1 issue' : `${n} issues`),
  aria: {
    'node.a11yDescription.default': 'Press Enter to see the step, Escape to leave it.',
    'node.a11yDescription.keyboardDisabled': 'Press Enter to see the step.',
  },
};
