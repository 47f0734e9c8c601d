import { hasErrors } from '#kernel/issue';
import { checkDocument } from '#statemachines/checks/check';
import { formatIssues } from '#statemachines/checks/format';
import type { Journey } from '#statemachines/document/schema';
import { Failure } from './failure.ts';
import { readText } from './files.ts';
import { referencesOf } from './references.ts';

/** The checked document; when it has errors the command ends with all of them, drawn. */
export const loadJourney = async (
  file: string,
  client?: { name: string; root: string },
): Promise<Journey> => {
  const text = readText(file);
  const { document, issues } = checkDocument(text, client && (await referencesOf(client)));
  if (!document || hasErrors(issues))
    throw new Failure(formatIssues(issues, { file, text, color: process.stderr.isTTY === true }));
  return document;
};
