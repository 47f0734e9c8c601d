import type { Parts } from '#channels/compile/parts/parts';
import { compileTemplate, type TemplateSurroundings } from '#channels/compile-template';
import { hasErrors, type Issue } from '#kernel/issue';
import type { Client } from '#model/client';
import type { Catalogue } from '#store/catalogue/catalogue';
import { listDocuments, type StoredDocument } from '#store/catalogue/documents';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import type { Store } from '#store/store';

export type PartKind = 'layout' | 'partial';

/** All layouts and partials of the client, as they are in the catalogue now. */
export const loadParts = async (catalogue: Catalogue): Promise<Parts> => {
  const [layouts, partials] = await Promise.all([
    catalogue.documents('layout'),
    catalogue.documents('partial'),
  ]);
  return { layouts, partials };
};

/** With one of them in another form. */
export const withPart = (parts: Parts, kind: PartKind, id: string, source: unknown): Parts => {
  const member = `${kind}s` as const;
  return { ...parts, [member]: new Map([...parts[member], [id, source]]) };
};

/** The stored form of a template; absent when it has errors. */
export const storedTemplate = async (
  id: string,
  source: unknown,
  client: Client | undefined,
  surroundings: TemplateSurroundings,
): Promise<{ stored?: StoredTemplate; issues: Issue[] }> => {
  const { template, issues, uses } = await compileTemplate(id, source, client, surroundings);
  if (!template) return { issues };
  // Which fields there are, the journey knows better, and tells itself.
  const kept = issues.filter(({ code }) => code !== 'unknown-variable');
  const stored: StoredTemplate = {
    ...{ source: source as StoredTemplate['source'], compiled: template },
    ...(uses.length > 0 && { uses }),
    ...(kept.length > 0 && { issues: kept }),
  };
  return { stored, issues };
};

/** A template that is to be written anew. */
export interface Recompiled {
  before: StoredDocument;
  stored: StoredTemplate;
}

/**
 * The stored templates in which one of these stands, compiled with how it is now. What is wrong with them
 * is told of each by its file.
 * @param isMeant told `layouts/ID` and `partials/ID` that stand in it
 */
export const recompile = async (
  store: Store,
  client: Client,
  surroundings: TemplateSurroundings,
  isMeant: (document: StoredDocument, uses: readonly string[]) => boolean,
): Promise<{ templates: Recompiled[]; issues: Issue[] }> => {
  const templates: Recompiled[] = [];
  const issues: Issue[] = [];
  for (const before of await listDocuments(store, 'template')) {
    const { source, uses = [] } = before.document as StoredTemplate;
    if (!isMeant(before, uses)) continue;
    const made = await storedTemplate(before.id, source, client, surroundings);
    issues.push(...made.issues.map((issue) => ({ file: `templates/${before.id}.json`, ...issue })));
    if (made.stored) templates.push({ before, stored: made.stored });
  }
  return { templates, issues: hasErrors(issues) ? issues.filter(isError) : issues };
};

const isError = ({ severity }: Issue): boolean => severity === 'error';
