import { join } from 'node:path';
import * as z from 'zod';
import { readDocuments, readJourneys, readJson } from './read-documents.ts';

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
  journeys: readJourneys(folder),
  ...readDocuments(folder),
});
