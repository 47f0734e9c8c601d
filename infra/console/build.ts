import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { type Current, cacheFolder, currentFile, hashOf, ownInputs } from './built.ts';
import { bundleConsole } from './bundle.ts';

const root = join(import.meta.dirname, '../..');
// Whoever asks, a test too, is served what everybody is: Vite would make React's slow development build for it.
process.env.NODE_ENV = 'production';

/** Made beside and moved into place, so that two builds at once do not meet and no half of one is served. */
const build = async (): Promise<void> => {
  mkdirSync(cacheFolder, { recursive: true });
  const made = mkdtempSync(join(cacheFolder, 'making-'));
  const { inputs } = await bundleConsole(made);
  const paths = [...new Set([...ownInputs(), ...inputs.map((file) => relative(root, file))])].sort();
  const hashes = Object.fromEntries(paths.map((path) => [path, hashOf(path)]));
  const key = createHash('sha256').update(JSON.stringify(hashes)).digest('hex').slice(0, 16);
  const folder = join(cacheFolder, key);
  moveInto(made, folder);
  remember({ folder, inputs: hashes });
  forgetOthers(key);
};

const moveInto = (made: string, folder: string): void => {
  try {
    if (!existsSync(folder)) renameSync(made, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  rmSync(made, { recursive: true, force: true });
};

const remember = (current: Current): void => {
  const draft = `${currentFile}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(current));
  renameSync(draft, currentFile);
};

const changedAt = (name: string): number => statSync(join(cacheFolder, name)).mtimeMs;

/** A world that runs may still serve one before, so the newest few are kept. */
const forgetOthers = (key: string): void => {
  const others = readdirSync(cacheFolder).filter((name) => /^[0-9a-f]{16}$/.test(name) && name !== key);
  const newestLast = others.toSorted((a, b) => changedAt(a) - changedAt(b));
  for (const name of newestLast.slice(0, -4))
    rmSync(join(cacheFolder, name), { recursive: true, force: true });
};

await build();
