import { realpathSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotWrite } from '../files.ts';

export interface WholeFile {
  write(text: string): Promise<void>;
  /** Now it is there. */
  finish(): Promise<void>;
  /** What was there before stays. */
  discard(): Promise<void>;
}

const error = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });

/** Where it is to be written: what a link leads to; a pipe or a device takes the text as it comes. */
const placeOf = (file: string): { path: string; isOrdinary: boolean } => {
  try {
    const known = statSync(file, { throwIfNoEntry: false });
    if (known?.isDirectory()) throw error('EISDIR');
    if (known) return { path: realpathSync(file), isOrdinary: known.isFile() };
    if (!statSync(dirname(file)).isDirectory()) throw error('ENOTDIR');
    return { path: file, isOrdinary: true };
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
};

/**
 * A file that is there whole or not at all: written beside its place with the first text, and moved there at
 * the end. What is wrong with the place is told at once.
 */
export const createWholeFile = (file: string): WholeFile => {
  const { path, isOrdinary } = placeOf(file);
  const draft = isOrdinary ? `${path}.${process.pid}.part` : path;
  let opened: FileHandle | undefined;
  const told = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      throw cannotWrite(file, cause);
    }
  };
  const handle = async (): Promise<FileHandle> => {
    opened ??= await open(draft, 'w');
    return opened;
  };
  return {
    write: (text) => told(async () => (await handle()).appendFile(text)),
    finish: () =>
      told(async () => {
        await (await handle()).close();
        if (isOrdinary) await rename(draft, path);
      }),
    async discard() {
      await opened?.close().catch(() => {});
      if (opened && isOrdinary) rmSync(draft, { force: true });
    },
  };
};

/** Whole when the work succeeds; as it was before when it fails. */
export const writeWhole = async (
  file: WholeFile,
  work: (write: WholeFile['write']) => Promise<void>,
): Promise<void> => {
  try {
    await work(file.write);
    await file.finish();
  } catch (cause) {
    await file.discard();
    throw cause;
  }
};
