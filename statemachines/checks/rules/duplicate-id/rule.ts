import { shortened } from '#kernel/words';
import { replaced } from '../../fix/repair.ts';
import { messageRefs } from '../../message-refs.ts';
import type { Rule } from '../../rule.ts';
import type { JourneyView, StepEntry } from '../../view.ts';

export const duplicateId: Rule = {
  id: 'duplicate-id',
  severity: 'error',
  title: 'Each step has an id of its own',
  explain: 'The `id` of a step is used once in a document.',
  why: 'Conditions, reports and the key that keeps a message from being sent twice name a step by its id. With two steps of one id nobody could say which is meant.',
  example: {
    wrong: `[{ "id": "mail", "type": "email", "template": "welcome" },
 { "id": "mail", "type": "email", "template": "welcome" }]`,
    right: `[{ "id": "first-mail", "type": "email", "template": "welcome" },
 { "id": "second-mail", "type": "email", "template": "welcome" }]`,
  },
  check: (view) => {
    const { steps, byId } = view;
    const named = new Set(namesOfSteps(view));
    return steps
      .filter((entry) => entry.id !== undefined && byId.get(entry.id) !== entry)
      .map(({ id = '', path }) => {
        const free = freeId(shortened(id, 45), byId);
        return {
          path: [...path, 'id'],
          message: `a step with the id "${shortened(id)}" stands earlier in the document`,
          hint: `use another id, such as "${free}"`,
          ...(!named.has(id) && isOnlyTwice(steps, id) && { repair: replaced([...path, 'id'], id, free) }),
        };
      });
  },
};

/** Where nothing names the id, and only two steps have it, the later one may get another. */
const isOnlyTwice = (steps: readonly StepEntry[], id: string): boolean =>
  steps.filter((entry) => entry.id === id).length === 2;

const namesOfSteps = (view: JourneyView): string[] => [
  ...messageRefs(view).map(({ value }) => value),
  ...view.uses.filter(({ kind }) => kind === 'step').map(({ value }) => value),
];

const freeId = (id: string, taken: ReadonlyMap<string, unknown>): string => {
  for (let n = 2; ; n++) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`;
};
