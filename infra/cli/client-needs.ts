import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import type { Client } from '#model/client';
import { readClientSettings } from '../client-settings.ts';
import { libraryFolder } from '../library/library.ts';
import { readJsonFile, readText, shownPath, writeText } from './files.ts';

/** What a ready journey wants to find in `client.json`, by its `needs.json`. */
export interface Needs {
  /** Pages of the client's site: `"guide": "/guide"`. */
  links?: Record<string, string>;
  /** By id, with the name for people. */
  teams?: Record<string, string>;
}

/** One member that `client.json` lacks. */
export interface Addition {
  path: [string, string];
  value: unknown;
}

export const needsOf = (name: string, root = libraryFolder): Needs => {
  const file = join(root, name, 'needs.json');
  return existsSync(file) ? (readJsonFile(file) as Needs) : {};
};

/** Writes what is missing into `client.json` and leaves the rest of it as it stands. */
export const addNeeds = (name: string, clientFolder: string): Addition[] => {
  const file = join(clientFolder, 'client.json');
  const missing = missingIn(readClientSettings(readJsonFile(file), shownPath(file)), needsOf(name));
  const before = readText(file);
  const text = missing.reduce(withMember, before);
  if (text !== before) writeText(file, text);
  return missing;
};

const missingIn = (client: Client, { links = {}, teams = {} }: Needs): Addition[] => [
  ...Object.entries(links)
    .filter(([id]) => !(id in client.links))
    .map(([id, page]): Addition => ({ path: ['links', id], value: new URL(page, siteOf(client)).href })),
  ...Object.entries(teams)
    .filter(([id]) => !(id in client.teams))
    .map(([id, name]): Addition => ({ path: ['teams', id], value: { name, emails: [] } })),
];

const siteOf = ({ links, brand, sender }: Client): string =>
  links.site ?? `https://${brand.website ? `www.${brand.website.replace(/^www\./, '')}` : sender.domain}`;

const withMember = (text: string, { path, value }: Addition): string =>
  applyEdits(text, modify(text, path, value, { formattingOptions: { tabSize: 2, insertSpaces: true } }));
