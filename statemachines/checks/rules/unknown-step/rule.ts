import { replaced } from '../../fix/repair.ts';
import { nameMeant } from '../../fix/slips.ts';
import { messageRefs } from '../../message-refs.ts';
import type { Finding, Rule } from '../../rule.ts';
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
        ...repairOf(path, value, view.byId.keys()),
      })),
};

const repairOf = (path: Finding['path'], name: string, known: Iterable<string>): Pick<Finding, 'repair'> => {
  const sure = nameMeant(name, known);
  return sure === undefined ? {} : { repair: replaced(path, name, sure) };
};
