import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

export type TemplateKind = 'template' | 'layout' | 'partial';

/** Where a document of templates stands. */
export interface TemplatePlace {
  kind: TemplateKind;
  id: string;
  /** The JSON document, also where one of its bodies was named. */
  document: string;
  /** With `templates/`, `layouts/` and `partials/` in it. */
  folder: string;
}

const kinds: Readonly<Record<string, TemplateKind>> = {
  templates: 'template',
  layouts: 'layout',
  partials: 'partial',
};

/** Undefined for files that are in none of these folders: `welcome.json`, `welcome.mjml` and `welcome.de.mjml` are one. */
export const templatePlaceOf = (file: string): TemplatePlace | undefined => {
  const inside = dirname(resolve(file));
  const kind = kinds[basename(inside)];
  const [id = ''] = basename(file).split('.');
  const document = join(inside, `${id}.json`);
  if (kind === undefined || !existsSync(document)) return undefined;
  return { kind, id, document: shown(document), folder: dirname(inside) };
};

/** As people type it. */
export const shown = (file: string): string => {
  const near = relative(process.cwd(), file);
  return near === '' || near.startsWith('..') ? file : near;
};
