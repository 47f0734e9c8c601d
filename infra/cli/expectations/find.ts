import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { listClients } from '../../client-folder.ts';
import { Failure } from '../failure.ts';
import { isFolder, placeOf } from '../files.ts';

const isExpectationFile = (file: string): boolean =>
  basename(file) === 'expect.json' || file.endsWith('.expect.json');

/** Files of expectations in a client, in a folder, or the file itself; of all clients when nothing is named. */
export const findExpectations = (places: readonly string[]): string[] => {
  const all = places.length > 0 ? places : listClients();
  const found = all.flatMap(filesAt).map((file) => relative(process.cwd(), file));
  if (found.length === 0)
    throw new Failure(
      `No expectations in ${all.join(', ')}: write ID.expect.json beside ID.journey.json, or expect.json beside the only one.`,
    );
  return found;
};

const filesAt = (named: string): string[] => {
  const place = placeOf(named);
  return isFolder(place) ? filesIn(place) : [fileAt(place)];
};

/** Of a journey, the file beside it. */
const fileAt = (place: string): string => {
  const file = place.replace(/journey\.json$/, 'expect.json');
  if (existsSync(file)) return file;
  if (file === place || !existsSync(place)) throw new Failure(`Cannot read ${place}: there is no such file.`);
  throw new Failure(`${place} has no expectations: write ${file}.`);
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isExpectationFile(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'))
    .sort();

/** The journey that a file of expectations is about. */
export const journeyOf = (file: string, named: string | undefined): string => {
  const folder = dirname(file);
  if (named !== undefined) return join(folder, named);
  if (basename(file) !== 'expect.json') return file.replace(/\.expect\.json$/, '.journey.json');
  const beside = [folder, join(folder, 'journeys')].flatMap(journeysIn);
  if (beside.length === 1) return beside[0]!;
  throw new Failure(
    `${file}: which journey? There ${beside.length === 0 ? 'is none' : `are ${beside.length}`} beside it. Write "journey": "ID.journey.json" into it, or call it ID.expect.json.`,
  );
};

const journeysIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.journey.json') || name === 'journey.json')
        .map((name) => join(folder, name))
    : [];
