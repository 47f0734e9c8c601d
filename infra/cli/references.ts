import { join } from 'node:path';
import { buildReferences } from '#functions/journeys/publishing/build-references';
import type { References } from '#statemachines/checks/references';
import { readClientFolder, templateParts } from '../client-folder.ts';
import { readClientSettings } from '../client-settings.ts';
import { shownPath } from './files.ts';

/** What a journey of this client may name, read from its folder. */
export const referencesOf = async ({ name, root }: { name: string; root: string }): Promise<References> => {
  const folder = readClientFolder(name, root);
  const client = readClientSettings(folder.client, shownPath(join(root, name, 'client.json')));
  // The compiler of templates is half of the memory of a command, and few commands need it.
  const { compileTemplate } = await import('#channels/compile-template');
  const parts = templateParts(folder);
  const compiled = await Promise.all(
    Object.entries(folder.templates).map(async ([id, source]) => {
      const { template } = await compileTemplate(id, source, client, { parts });
      return template ? [[id, template] as const] : [];
    }),
  );
  return buildReferences(client, {
    templates: compiled.flat(),
    forms: new Map(Object.entries(folder.forms as Record<string, { fields?: Record<string, unknown> }>)),
    ...{ segments: folder.segments, journeys: folder.journeys },
  });
};
