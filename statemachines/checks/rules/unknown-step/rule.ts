import { messageRefs } from '../../message-refs.ts';
import type { Rule } from '../../rule.ts';
import { didYouMean } from '../../words.ts';

export const unknownStep: Rule = {
  id: 'unknown-step',
  severity: 'error',
  title: 'A step that is named exists',
  explain: '`message` and `since` name a step of the same journey by its id.',
  example: {
    wrong: '{ "message": "welcom", "was": "clicked" }',
    right: '{ "message": "welcome", "was": "clicked" }',
  },
  check: (view) =>
    [...view.uses.filter((use) => use.kind === 'step'), ...messageRefs(view)]
      .filter(({ value }) => !view.byId.has(value))
      .map(({ path, value }) => ({
        path,
        message: `there is no step "${value}" in this journey`,
        hint: didYouMean(value, view.byId.keys()),
      })),
};
