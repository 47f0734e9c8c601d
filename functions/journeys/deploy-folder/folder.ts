import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

/** A client's folder as a deployment hands it over, or as its layer holds it. */
export const folderSchema = z.object({
  client: z.unknown(),
  /** Document text by journey id. */
  journeys: z.record(z.string(), z.string()).default({}),
  templates: z.record(z.string(), z.unknown()).default({}),
  layouts: z.record(z.string(), z.unknown()).default({}),
  partials: z.record(z.string(), z.unknown()).default({}),
  forms: z.record(z.string(), z.unknown()).default({}),
  segments: z.record(z.string(), z.unknown()).default({}),
});
export type Folder = z.output<typeof folderSchema>;

/** Where Lambda puts the layer with the client's folder. */
export const layerFolder = '/opt/client';

export const readFolder = (folder: string): Folder => ({
  client: readJson(join(folder, 'client.json')),
  journeys: readAll(join(folder, 'journeys'), '.journey.json', (file) => readFileSync(file, 'utf8')),
  templates: readAll(join(folder, 'templates'), '.json', inlineBeside),
  layouts: readAll(join(folder, 'layouts'), '.json', inlineBeside),
  partials: readAll(join(folder, 'partials'), '.json', inlineBeside),
  forms: readAll(join(folder, 'forms'), '.json', readJson),
  segments: readAll(join(folder, 'segments'), '.json', readJson),
});

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** `{ "mjml": { "file": "x.mjml" } }` becomes the text of the file beside it; nothing outside the folder. */
const inlineBeside = (file: string): unknown => {
  const { languages, ...source } = readJson(file) as Record<string, unknown>;
  if (languages === undefined) return withBodies(source, file);
  const spoken = Object.entries(languages ?? {}).map(([tag, variant]) => [
    tag,
    withBodies(variant as Record<string, unknown>, file),
  ]);
  return { ...withBodies(source, file), languages: Object.fromEntries(spoken) };
};

const withBodies = (source: Record<string, unknown>, file: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(source).map(([name, member]) => [name, bodyOf(member, file)]));

const bodyOf = (member: unknown, file: string): unknown => {
  const named = (member as { file?: unknown } | null)?.file;
  return typeof named === 'string' ? readFileSync(join(dirname(file), basename(named)), 'utf8') : member;
};

const readAll = <T>(folder: string, ending: string, read: (file: string) => T): Record<string, T> =>
  existsSync(folder)
    ? Object.fromEntries(
        readdirSync(folder)
          .filter((name) => name.endsWith(ending))
          .sort()
          .map((name) => [basename(name, ending), read(join(folder, name))]),
      )
    : {};
