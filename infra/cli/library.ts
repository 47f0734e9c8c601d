import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The ready journeys that `wayleaf new` copies, a folder each. */

export const libraryFolder: string = join(import.meta.dirname, '../library');

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
}

const kinds = ['templates', 'forms', 'segments'];

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
];

const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
    : [];
