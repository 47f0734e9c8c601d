import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Parts } from '#channels/compile/parts/parts';
import type { Client } from '#model/client';
import { contactMembers } from '#model/field';
import { type ClientFolder, clientsFolder, readDocumentsWithin, templateParts } from '../../client-folder.ts';
import { readClientSettings } from '../../client-settings.ts';
import { knownClient, readJsonFile } from '../files.ts';
import type { TemplatePlace } from './place.ts';

/** What stands beside a template. */
export interface TemplateFolder extends Omit<ClientFolder, 'client' | 'journeys'> {
  parts: Parts;
  /** Absent for a folder that is no client's, such as that of a ready journey. */
  client?: Client;
  /** Fields that contacts can have. */
  contactFields?: ReadonlySet<string>;
  /** Where there is no form, any event may bring what nobody named. */
  mayHaveOthers?: boolean;
}

/** @param named the client whose settings count, where the folder is no client's */
export const readTemplateFolder = (
  { folder }: Pick<TemplatePlace, 'folder'>,
  named?: string,
): TemplateFolder => {
  const settings = join(
    named === undefined ? folder : join(clientsFolder, knownClient(named, clientsFolder)),
    'client.json',
  );
  const documents = readDocumentsWithin(folder);
  const read = { ...documents, parts: templateParts(documents) };
  if (!existsSync(settings)) return read;
  const client = readClientSettings(readJsonFile(settings), settings);
  const mayHaveOthers = Object.keys(documents.forms).length === 0;
  return { ...read, client, mayHaveOthers, contactFields: fieldsOf(client, documents.forms) };
};

const fieldsOf = (client: Client, forms: ClientFolder['forms']): ReadonlySet<string> =>
  new Set([
    ...contactMembers,
    ...Object.keys(client.fields ?? {}),
    ...Object.values(forms).flatMap((form) =>
      Object.keys((form as { fields?: Record<string, unknown> }).fields ?? {}),
    ),
  ]);

export const sourceOf = ({ kind, id }: TemplatePlace, folder: TemplateFolder): unknown =>
  folder[`${kind}s` as const]?.[id];
