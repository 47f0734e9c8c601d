import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { readDocuments } from '../client-folder.ts';

/** The ready journeys that `wayleaf new` copies, a folder each. */

export const libraryFolder: string = import.meta.dirname;

export interface LibraryEntry {
  name: string;
  /** What it is for, in a line. */
  about: string;
}

export const listLibrary = (root = libraryFolder): LibraryEntry[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'journey.json')))
    .map(({ name }) => ({ name, about: aboutOf(join(root, name, 'README.md')) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The first line below the title of its README. */
const aboutOf = (readme: string): string => {
  if (!existsSync(readme)) return '';
  const [, line = ''] = /^#[^\n]*\n+([^\n]+)/.exec(readFileSync(readme, 'utf8')) ?? [];
  return line;
};

export interface Copy {
  from: string;
  /** In the folder of a client. */
  to: string;
  /** It may be there already: from then on it is the client's own. */
  isShared?: true;
}

const kinds = ['templates', 'forms', 'segments'];

/** The layouts around its mails, which all ready journeys share. */
const layoutsOf = (name: string, client: string, root: string): Copy[] => {
  const templates = Object.values(readDocuments(join(root, name)).templates);
  const named = new Set(templates.map((template) => (template as { layout?: string }).layout));
  return filesBelow(join(root, 'layouts'))
    .filter((file) => named.has(basename(file).split('.')[0]))
    .map((file) => ({
      from: join(root, 'layouts', file),
      to: join(client, 'layouts', file),
      isShared: true,
    }));
};

/** Every file of a ready journey with its place in a client's folder, the journey first. */
export const copiesOf = (name: string, client: string, root = libraryFolder): Copy[] => [
  ...['journey', 'expect']
    .map((what) => ({
      from: join(root, name, `${what}.json`),
      to: join(client, 'journeys', `${name}.${what}.json`),
    }))
    .filter(({ from }) => existsSync(from)),
  ...kinds.flatMap((kind) =>
    filesBelow(join(root, name, kind)).map((file) => ({
      from: join(root, name, kind, file),
      to: join(client, kind, file),
    })),
  ),
  ...layoutsOf(name, client, root),
];

const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
    : [];
