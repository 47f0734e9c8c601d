import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
const app = 'functions/console/app';
/** Where build tools keep what can be made again; git knows nothing of it. */
export const cacheFolder: string = join(root, 'node_modules/.cache/wayleaf-console');
export const currentFile: string = join(cacheFolder, 'current.json');

/** What the newest build was made of, and where it stands. */
export interface Current {
  folder: string;
  /** SHA-256 by path, from the root of the project. */
  inputs: Record<string, string>;
}

/** What is bundled, and how: everything of the console's own, for not all of it is a module. */
export const ownInputs = (): string[] => [
  'package-lock.json',
  'infra/console/build.ts',
  'infra/console/bundle.ts',
  ...readdirSync(join(root, app), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
];

export const hashOf = (path: string): string =>
  createHash('sha256')
    .update(readFileSync(join(root, path)))
    .digest('hex');

const isAsItWas = ([path, hash]: [string, string]): boolean => {
  try {
    return hashOf(path) === hash;
  } catch {
    return false;
  }
};

/** The newest build, as long as nothing that it was made of has changed. */
const readBuilt = (): string | undefined => {
  if (!existsSync(currentFile)) return undefined;
  const { folder, inputs } = JSON.parse(readFileSync(currentFile, 'utf8')) as Current;
  const isWhole = existsSync(join(folder, 'index.html')) && ownInputs().every((path) => path in inputs);
  return isWhole && Object.entries(inputs).every(isAsItWas) ? folder : undefined;
};

/**
 * The folder with the console's files. They are made in a process of their own, once for each state of the
 * sources: a bundler would stay in the memory of whoever serves them.
 */
export const builtConsole = (say: (line: string) => void = () => {}): string => {
  const built = readBuilt();
  if (built !== undefined) return built;
  const start = performance.now();
  say('building the console …');
  execFileSync(process.execPath, [join(import.meta.dirname, 'build.ts')], { stdio: 'inherit' });
  const folder = readBuilt();
  if (folder === undefined) throw new Error('The console was built, and its files are not there.');
  say(`built the console in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return folder;
};
