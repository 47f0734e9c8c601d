import { Refusal } from '#kernel/errors';
import { hasErrors, type Issue } from '#kernel/issue';
import { checkDocument } from '#statemachines/checks/check';
import type { Journey } from '#statemachines/document/schema';
import type { Services } from '../running/services.ts';
import { loadReferences } from './references.ts';

/** The document and its warnings; refuses with every issue at once. */
export const checkDraft = async (
  services: Services,
  text: string,
  id?: string,
): Promise<{ document: Journey; issues: Issue[] }> => {
  const { document, issues } = checkDocument(text, await loadReferences(services));
  const all = [...issues, ...wrongId(document, id)];
  if (!document || hasErrors(all))
    throw new Refusal(422, 'invalid-journey', 'The journey has errors; see issues. What is live goes on.', {
      issues: all,
    });
  return { document, issues: all };
};

const wrongId = (document: Journey | undefined, id: string | undefined): Issue[] =>
  document === undefined || id === undefined || document.id === id
    ? []
    : [
        {
          code: 'other-id',
          severity: 'error',
          path: '/id',
          message: `the document's id is "${document.id}", but it was sent to the address of "${id}"`,
          hint: 'write the same id in both places',
        },
      ];
