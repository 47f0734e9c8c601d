import { messageRefs } from '../../message-refs.ts';
import type { Rule } from '../../rule.ts';
import { didYouMean } from '../../words.ts';

export const unknownStep: Rule = {
  id: 'unknown-step',
  severity: 'error',
  title: 'A step that is named exists',
  explain: '`message`, `since` and `step` name a step of the same journey by its `id`.',
  why: 'What a step that does not exist sends can never be opened, clicked or returned to.',
  example: {
    wrong: `[{ "id": "welcome", "type": "email", "template": "welcome" },
 { "id": "done", "type": "exit", "if": { "message": "welcom", "was": "clicked" } }]`,
    right: `[{ "id": "welcome", "type": "email", "template": "welcome" },
 { "id": "done", "type": "exit", "if": { "message": "welcome", "was": "clicked" } }]`,
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
