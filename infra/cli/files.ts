import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type * as z from 'zod';
import { clientsFolder, listClients } from '../client-folder.ts';
import { Failure, noSuch } from './failure.ts';

/** As somebody in this folder would name it. */
export const shownPath = (file: string): string => relative(process.cwd(), file) || '.';

const unreadable: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name a file in it',
  EACCES: 'you may not read it',
};

export const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new Failure(`Cannot read ${file}: ${unreadable[code] ?? message}.`);
  }
};

export const readJsonFile = (file: string): unknown => {
  try {
    return JSON.parse(readText(file));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure(`${file} is not valid JSON: ${(cause as Error).message}`);
  }
};

/** A file of JSON in the form that a schema asks for; everything that is wrong with it is named at once. */
export const readFormedFile = <S extends z.ZodType>(file: string, schema: S, what: string): z.output<S> => {
  const parsed = schema.safeParse(readJsonFile(file));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`,
  );
  throw new Failure([`${file} is no file of ${what}:`, ...wrong].join('\n'));
};

/** To a file when one is named, else to standard output. */
export const writeResult = (content: string | Uint8Array, file?: string): void => {
  if (file === undefined) process.stdout.write(content);
  else writeText(file, content);
};

const reasons: Record<string, (file: string) => string> = {
  ENOENT: (file) => `the folder ${dirname(file)} does not exist`,
  ENOTDIR: (file) => `${dirname(file)} is no folder`,
  EISDIR: () => 'it is a folder',
  EACCES: () => 'you may not write there',
  EROFS: () => 'the disk may only be read',
  ENOSPC: () => 'the disk is full',
};

export const writeText = (file: string, content: string | Uint8Array): void => {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
};

/** What the system says of a file that it does not let us write, in our words. */
export const cannotWrite = (file: string, cause: unknown): Failure => {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new Failure(`Cannot write ${file}: ${reasons[code]?.(file) ?? message}.`);
};

/** The client whose folder holds the file (`clients/NAME/journeys/FILE`), or the one named. */
export const clientOf = (file: string, named?: string): { name: string; root: string } | undefined => {
  if (named !== undefined) return { name: knownClient(named, clientsFolder), root: clientsFolder };
  const folder = dirname(dirname(resolve(file)));
  return basename(dirname(resolve(file))) === 'journeys' && isClient(folder)
    ? { name: basename(folder), root: dirname(folder) }
    : undefined;
};

export const isFolder = (place: string): boolean =>
  statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;

/** A file or folder as it is named; a client's name stands for its folder. Files that are not there fail when read. */
export const placeOf = (named: string): string => {
  if (existsSync(named)) return named;
  const clients = listClients();
  if (clients.includes(named)) return shownPath(join(clientsFolder, named));
  if (/[./\\]/.test(named)) return named;
  throw noSuch('file, folder or client', named, clients, ` Clients: ${clients.join(', ')}.`);
};

/** The name itself, when there is such a client. */
export const knownClient = (named: string, root: string): string => {
  const clients = listClients(root);
  if (clients.includes(named)) return named;
  throw noSuch(
    'client',
    named,
    clients,
    ` Clients: ${clients.join(', ')}. A new one is a folder in ${shownPath(root)}; its README says what stands in it.`,
  );
};

const isClient = (folder: string): boolean => {
  try {
    readFileSync(join(folder, 'client.json'));
    return true;
  } catch {
    return false;
  }
};
