import { shortened } from '#kernel/words';
import type { Rule } from '../../rule.ts';

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
  check: ({ steps, byId }) =>
    steps
      .filter((entry) => entry.id !== undefined && byId.get(entry.id) !== entry)
      .map(({ id, path }) => ({
        path: [...path, 'id'],
        message: `a step with the id "${shortened(id!)}" stands earlier in the document`,
        hint: `use another id, such as "${freeId(shortened(id!, 45), byId)}"`,
      })),
};

const freeId = (id: string, taken: ReadonlyMap<string, unknown>): string => {
  for (let n = 2; ; n++) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`;
};
