import { join } from 'node:path';
import { checkLiquid } from '#channels/compile/check-liquid';
import { describeTemplate } from '#channels/describe-template';
import type { References, TemplateFacts } from '#statemachines/checks/references';
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
  const templates = new Map<string, TemplateFacts>();
  for (const [id, source] of Object.entries(folder.templates)) {
    const { template } = await compileTemplate(id, source, client, { parts });
    if (!template) continue; // a broken template is reported by its own check
    const { channel, required, hasUnsubscribe } = describeTemplate(template);
    templates.set(id, { channel, variables: required, hasUnsubscribe });
  }
  const forms = folder.forms as Record<string, { fields?: Record<string, unknown> }>;
  return {
    templates,
    forms,
    segments: folder.segments,
    teams: client.teams,
    topics: client.topics,
    ...(client.stages ? { stages: client.stages } : {}),
    fields: client.fields ?? {},
    journeys: folder.journeys,
    checkText: (text) => checkLiquid('', 'text', text, client),
    ...(Object.keys(forms).length > 0
      ? {
          contactFields: [
            ...Object.keys(client.fields ?? {}),
            ...Object.values(forms).flatMap((form) => Object.keys(form.fields ?? {})),
          ],
        }
      : {}),
  };
};
