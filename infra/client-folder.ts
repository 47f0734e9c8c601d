import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Parts } from '#channels/compile/parts/parts';
import { readDocuments, readJourneys, WrongClient } from '#functions/journeys/deploy-folder/read-documents';
import { formatIssues } from '#statemachines/checks/format';
import { parseClientText } from './client-issues.ts';

/** A client's folder as text: what a deployment hands to `journeys/deploy-folder`, files inlined. */
export interface ClientFolder {
  client: unknown;
  /** Document text by journey id. */
  journeys: Record<string, string>;
  /** Parsed JSON by id; `{ "file": … }` members already replaced by the file's text. */
  templates: Record<string, unknown>;
  layouts?: Record<string, unknown>;
  partials?: Record<string, unknown>;
  forms: Record<string, unknown>;
  segments: Record<string, unknown>;
}

export { readDocuments, WrongClient };

export const clientsFolder: string = join(import.meta.dirname, 'clients');

export const listClients = (root = clientsFolder): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'client.json')))
    .map((entry) => entry.name)
    .sort();

/** Reads `<root>/<name>`. Throws `WrongClient` with the file's name when a JSON file cannot be parsed. */
export const readClientFolder = (name: string, root = clientsFolder): ClientFolder => {
  const folder = join(root, name);
  if (!existsSync(join(folder, 'client.json')))
    throw new WrongClient(
      `There is no client "${name}": ${join(folder, 'client.json')} does not exist. Clients: ${listClients(root).join(', ') || 'none'}.`,
    );
  return {
    client: readClient(join(folder, 'client.json')),
    journeys: readJourneys(folder),
    ...readDocuments(folder),
  };
};

/** Where settings that were read stand, so that what is wrong in them can be shown. */
const files = new WeakMap<object, string>();
export const fileOf = (client: unknown): string | undefined =>
  typeof client === 'object' && client !== null ? files.get(client) : undefined;

const readClient = (file: string): unknown => {
  const text = readFileSync(file, 'utf8');
  const { value, issues } = parseClientText(text);
  if (issues.length > 0) throw new WrongClient(formatIssues(issues, { file, text }));
  if (typeof value === 'object' && value !== null) files.set(value, file);
  return value;
};

/** As `readDocuments`, of a ready journey too: these share the layouts of the library around them. */
export const readDocumentsWithin = (folder: string): Omit<ClientFolder, 'client' | 'journeys'> => {
  const [own, above] = [readDocuments(folder), readDocuments(dirname(folder))];
  return {
    ...own,
    layouts: { ...above.layouts, ...own.layouts },
    partials: { ...above.partials, ...own.partials },
  };
};

/** What its templates may take in. */
export const templateParts = ({
  layouts = {},
  partials = {},
}: Pick<ClientFolder, 'layouts' | 'partials'>): Parts => ({
  layouts: new Map(Object.entries(layouts)),
  partials: new Map(Object.entries(partials)),
});
