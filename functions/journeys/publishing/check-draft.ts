import { Refusal } from '#kernel/errors';
import { hasErrors, type Issue } from '#kernel/issue';
import { checkDocument } from '#statemachines/checks/check';
import type { Journey } from '#statemachines/document/schema';
import type { Services } from '../services.ts';
import { loadReferences } from './references.ts';

/** The document and its warnings; refuses with every issue at once. @param id the address it was sent to */
export const checkDraft = async (
  services: Services,
  text: string,
  id?: string,
): Promise<{ document: Journey; issues: Issue[] }> => {
  const { document, issues } = checkDocument(text, { ...(await loadReferences(services)), id });
  if (!document || hasErrors(issues))
    throw new Refusal(422, 'invalid-journey', 'The journey has errors; see issues. What is live goes on.', {
      issues,
    });
  return { document, issues };
};
