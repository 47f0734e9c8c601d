import { spellings } from '#model/words/say';
import type { Source } from '../weave.ts';

/** Layouts and partials of a client by id, as they were written; files already replaced by their text. */
export interface Parts {
  layouts: ReadonlyMap<string, unknown>;
  partials: ReadonlyMap<string, unknown>;
}
export const noParts: Parts = { layouts: new Map(), partials: new Map() };

export type BodyForm = 'mjml' | 'html' | 'text';

type Bodies = Partial<Record<BodyForm, unknown>>;
type Part = Bodies & { languages?: Record<string, Bodies> };

const variantOf = ({ languages = {} }: Part, language: string | undefined): string | undefined => {
  const names = Object.keys(languages);
  return spellings(language ?? '')
    .map((spelling) => names.find((name) => name.toLowerCase() === spelling))
    .find((found) => found !== undefined);
};

const textOf = (bodies: Bodies, form: BodyForm): string | undefined =>
  typeof bodies[form] === 'string' ? bodies[form] : undefined;

const sourceIn = (document: string, part: Part, form: BodyForm, language?: string): Source | undefined => {
  const variant = variantOf(part, language);
  const own = variant === undefined ? undefined : textOf(part.languages?.[variant] ?? {}, form);
  if (own !== undefined) return { document, path: `/languages/${variant}/${form}`, text: own };
  const text = textOf(part, form);
  return text === undefined ? undefined : { document, path: `/${form}`, text };
};

/** Which of a layout's bodies goes around a body; undefined where there is none of that form. */
export const layoutSource = (
  { layouts }: Parts,
  id: string,
  form: BodyForm,
  language?: string,
): Source | undefined => {
  const part = layouts.get(id) as Part | undefined;
  return part && sourceIn(`layouts/${id}`, part, form, language);
};

/** Text without markup stands in every body. */
export const partialSource = (
  { partials }: Parts,
  id: string,
  form: BodyForm,
  language?: string,
): Source | undefined => {
  const part = partials.get(id) as Part | undefined;
  const of = (wanted: BodyForm) => part && sourceIn(`partials/${id}`, part, wanted, language);
  return of(form) ?? of('text');
};
