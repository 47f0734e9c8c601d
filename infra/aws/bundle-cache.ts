import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemClock } from '#kernel/clock';

const root = join(import.meta.dirname, '../..');

/** A bundle, and what it was made of: SHA-256 by path, from the root of the project. */
interface Kept {
  folder: string;
  inputs: Record<string, string>;
}

const hashes = new Map<string, string>();
const hashOf = (path: string): string => {
  const known = hashes.get(path);
  if (known !== undefined) return known;
  const file = join(root, path);
  const hash = existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('base64url') : '';
  hashes.set(path, hash);
  return hash;
};

/** The folder, as long as nothing that it was made of has changed; another process may have made it. */
export const readKept = (file: string): string | undefined => {
  if (!existsSync(file)) return undefined;
  const { folder, inputs } = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  const isAsItWas =
    existsSync(folder) && Object.entries(inputs).every(([path, hash]) => hashOf(path) === hash);
  return isAsItWas ? folder : undefined;
};

/**
 * Half a folder is never seen, nor one that changes: it is named by what went in, and takes its place at once.
 * @param making the folder with what was made just now
 */
export const keep = (file: string, making: string, paths: readonly string[]): string => {
  const inputs = Object.fromEntries(paths.map((path) => [path, hashOf(path)]));
  const digest = createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
  const folder = `${file.replace(/\.json$/, '')}@${digest}`;
  mkdirSync(dirname(file), { recursive: true });
  moveInto(making, folder);
  writeFileSync(`${making}.json`, JSON.stringify({ folder, inputs } satisfies Kept));
  renameSync(`${making}.json`, file);
  removeFormer(file, folder);
  return folder;
};

/** Whoever makes the same at the same time may be there first, with the same. */
const moveInto = (making: string, folder: string): void => {
  try {
    renameSync(making, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
};

const hourMs = 3_600_000;

/** Whoever works with a former one has had the time to copy it. */
const removeFormer = (file: string, folder: string): void => {
  const beginning = `${basename(file, '.json')}@`;
  for (const entry of readdirSync(dirname(file))) {
    const path = join(dirname(file), entry);
    if (!entry.startsWith(beginning) || path === folder) continue;
    const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (changedAt !== undefined && changedAt < systemClock.now() - hourMs)
      rmSync(path, { recursive: true, force: true });
  }
};
