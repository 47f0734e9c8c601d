import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** With the folders above it. Node's own `recursive` never returns where a file system makes none, such as /proc. */
export const makeFolder = (path: string): void => {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    throw new Error(`The folder ${path} cannot be made (${code}). Choose another one.`, { cause });
  }
};
