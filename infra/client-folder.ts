import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Parts } from '#channels/compile/parts/parts';
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

/** A folder that cannot be used. The message is what is wrong with it, for the one who wrote it. */
export class WrongClient extends Error {
  override readonly name = 'WrongClient';
}

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
    journeys: Object.fromEntries(
      filesIn(join(folder, 'journeys'), '.journey.json').map((file) => [
        basename(file, '.journey.json'),
        readFileSync(file, 'utf8'),
      ]),
    ),
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

/** What a folder holds beside journeys, of a client or of a ready journey. */
export const readDocuments = (folder: string): Omit<ClientFolder, 'client' | 'journeys'> => ({
  templates: documentsIn(join(folder, 'templates')),
  layouts: documentsIn(join(folder, 'layouts')),
  partials: documentsIn(join(folder, 'partials')),
  forms: documentsIn(join(folder, 'forms')),
  segments: documentsIn(join(folder, 'segments')),
});

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

const filesIn = (folder: string, ending: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .sort()
        .map((file) => join(folder, file))
    : [];

const documentsIn = (folder: string): Record<string, unknown> =>
  Object.fromEntries(
    filesIn(folder, '.json').map((file) => [basename(file, '.json'), inlineFiles(readJson(file), folder)]),
  );

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new WrongClient(`${file} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
};

/** `{ "mjml": { "file": "x.mjml" } }` → the text of the file beside it; nothing outside the folder. */
const inlineFiles = (value: unknown, folder: string): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, inlined(name, member, folder)]),
  );
};

/** Each language of a document may have files of its own. */
const inlined = (name: string, member: unknown, folder: string): unknown => {
  if (isFile(member)) return readBeside(folder, member.file);
  if (name !== 'languages' || typeof member !== 'object' || member === null) return member;
  return Object.fromEntries(
    Object.entries(member).map(([tag, variant]) => [tag, inlineFiles(variant, folder)]),
  );
};

const isFile = (value: unknown): value is { file: string } =>
  typeof value === 'object' && value !== null && typeof (value as { file?: unknown }).file === 'string';

const readBeside = (folder: string, file: string): string => {
  if (basename(file) !== file)
    throw new WrongClient(`"file": "${file}" must name a file in the same folder.`);
  if (!existsSync(join(folder, file)))
    throw new WrongClient(
      `There is no file ${join(folder, file)}, and a document beside it names it as its text.`,
    );
  return readFileSync(join(folder, file), 'utf8');
};
