import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { documentId } from '#model/document-text';
import { Failure } from '../failure.ts';
import { readJsonFile } from '../files.ts';
import { readContactFile } from '../simulate/walk-files.ts';
import { type TemplatePlace, templatePlaceOf } from './place.ts';
import { readTemplateFolder, sourceOf } from './sources.ts';

/** Whose data a preview or a test mail shows. */
export interface ShowOptions {
  contact?: string;
  language?: string;
  values?: string;
}

export const withShowOptions = (command: Command): Command =>
  command
    .option(
      '--contact <who>',
      'e-mail address, user id or id of a contact, or a file with fields: { "firstName": "Ada" } (default: an example)',
    )
    .option('--language <tag>', 'in this language instead of that of the contact')
    .option('--values <file>', 'what the journey would bring: { "trigger": { "properties": … }, "data": … }');

/** A template by its file, or one that was uploaded by its id. */
export interface NamedTemplate {
  id: string;
  place?: TemplatePlace;
}

export const namedTemplate = (name: string): NamedTemplate => {
  if (existsSync(name)) {
    const place = templatePlaceOf(name);
    if (place?.kind === 'template') return { id: place.id, place };
    throw new Failure(`${name} is no template: name a file in a folder templates/, beside its .json.`, 2);
  }
  if (documentId.safeParse(name).success) return { id: name };
  throw new Failure(`There is no file ${name}, and it is no id of a template either.`, 2);
};

const isFile = (who: string): boolean => who.endsWith('.json') || existsSync(who);

export const contactOf = ({ contact }: ShowOptions): string | Record<string, unknown> | undefined =>
  contact !== undefined && isFile(contact) ? readContactFile(contact) : contact;

const valuesOf = ({ values }: ShowOptions): Record<string, unknown> =>
  values === undefined ? {} : (readJsonFile(values) as Record<string, unknown>);

/** What the API is asked; a file goes along with the layouts and partials beside it. */
export const requestOf = ({ place }: NamedTemplate, options: ShowOptions): Record<string, unknown> => {
  const contact = contactOf(options);
  const asked = {
    ...valuesOf(options),
    ...(contact === undefined ? {} : { contact }),
    ...(options.language === undefined ? {} : { language: options.language }),
  };
  if (!place) return asked;
  const folder = readTemplateFolder(place);
  return {
    ...asked,
    template: sourceOf(place, folder),
    ...{ layouts: folder.layouts ?? {}, partials: folder.partials ?? {} },
  };
};
