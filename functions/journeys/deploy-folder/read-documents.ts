import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A folder that cannot be used. The message is what is wrong with it, for the one who wrote it. */
export class WrongClient extends Error {
  override readonly name = 'WrongClient';
}

/** What a client's folder, or that of a ready journey, holds beside journeys; parsed JSON by id. */
export interface Documents {
  /** `{ "file": … }` members are replaced by the file's text. */
  templates: Record<string, unknown>;
  layouts: Record<string, unknown>;
  partials: Record<string, unknown>;
  forms: Record<string, unknown>;
  segments: Record<string, unknown>;
}

export const readDocuments = (folder: string): Documents => ({
  templates: documentsIn(join(folder, 'templates')),
  layouts: documentsIn(join(folder, 'layouts')),
  partials: documentsIn(join(folder, 'partials')),
  forms: documentsIn(join(folder, 'forms')),
  segments: documentsIn(join(folder, 'segments')),
});

/** Texts by id. */
export const readJourneys = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesIn(join(folder, 'journeys'), '.journey.json').map((file) => [
      basename(file, '.journey.json'),
      readFileSync(file, 'utf8'),
    ]),
  );

const filesIn = (folder: string, ending: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .sort()
        .map((file) => join(folder, file))
    : [];

const documentsIn = (folder: string): Record<string, unknown> =>
  Object.fromEntries(
    filesIn(folder, '.json').map((file) => [basename(file, '.json'), inlineFiles(readJson(file), folder)]),
  );

export const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new WrongClient(`${file} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
};

/** `{ "mjml": { "file": "x.mjml" } }` → the text of the file beside it; nothing outside the folder. */
const inlineFiles = (value: unknown, folder: string): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, inlined(name, member, folder)]),
  );
};

/** Each language of a document may have files of its own. */
const inlined = (name: string, member: unknown, folder: string): unknown => {
  if (isFile(member)) return readBeside(folder, member.file);
  if (name !== 'languages' || typeof member !== 'object' || member === null) return member;
  return Object.fromEntries(
    Object.entries(member).map(([tag, variant]) => [tag, inlineFiles(variant, folder)]),
  );
};

const isFile = (value: unknown): value is { file: string } =>
  typeof value === 'object' && value !== null && typeof (value as { file?: unknown }).file === 'string';

const readBeside = (folder: string, file: string): string => {
  if (basename(file) !== file)
    throw new WrongClient(`"file": "${file}" must name a file in the same folder.`);
  if (!existsSync(join(folder, file)))
    throw new WrongClient(
      `There is no file ${join(folder, file)}, and a document beside it names it as its text.`,
    );
  return readFileSync(join(folder, file), 'utf8');
};
