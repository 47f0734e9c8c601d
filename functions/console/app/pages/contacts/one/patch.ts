import type { ContactPatch } from '#functions/contacts/edit-contact/patch';
import type { Contact } from '#model/contact';
import { words } from '../../../words/words.ts';

const { faults } = words.contacts.data;

export const kinds = ['text', 'number', 'boolean', 'json'] as const;
export type Kind = (typeof kinds)[number];

/** One field as it is typed. */
export interface Row {
  name: string;
  kind: Kind;
  text: string;
  /** Not in the contact yet. */
  isNew?: boolean;
}

export interface Draft {
  rows: readonly Row[];
  /** Separated by commas. */
  tags: string;
  stage: string;
  addScore: string;
}

const kindOf = (value: unknown): Kind =>
  typeof value === 'string'
    ? 'text'
    : typeof value === 'number' || typeof value === 'boolean'
      ? (typeof value as Kind)
      : 'json';

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const draftOf = ({ fields, tags, stage }: Contact): Draft => ({
  rows: Object.entries(fields)
    .map(([name, value]) => ({ name, kind: kindOf(value), text: written(value) }))
    .sort((a, b) => a.name.localeCompare(b.name, words.locale)),
  tags: tags.join(', '),
  stage: stage ?? '',
  addScore: '',
});

/** What is wrong with it, or undefined. */
export const faultOf = ({ name, kind, text, isNew }: Row, rows: readonly Row[]): string | undefined => {
  if (isNew && !/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return faults.name;
  if (isNew && rows.filter((row) => row.name === name).length > 1) return faults.twice;
  if (kind === 'number' && (text.trim() === '' || !Number.isFinite(Number(text)))) return faults.number;
  return kind === 'json' && readJson(text) === undefined ? faults.json : undefined;
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const typedValue = ({ kind, text }: Row): unknown => {
  if (kind === 'text') return text;
  return kind === 'number' ? Number(text) : kind === 'boolean' ? text === 'true' : readJson(text);
};

const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what was changed; undefined where nothing was. */
export const patchOf = (contact: Contact, draft: Draft): ContactPatch | undefined => {
  const before = contact.fields;
  const named = new Set(draft.rows.map(({ name }) => name));
  const set = Object.fromEntries(
    draft.rows
      .map((row) => [row.name, typedValue(row)] as const)
      .filter(([name, value]) => !Object.hasOwn(before, name) || !same(before[name], value)),
  ) as NonNullable<ContactPatch['set']>;
  const unset = Object.keys(before).filter((name) => !named.has(name));
  const tags = tagsOf(draft.tags);
  // A tag may hold a comma: then the list was not typed anew.
  const tagged = draft.tags === contact.tags.join(', ') ? contact.tags : tags;
  const addTags = tagged.filter((tag) => !contact.tags.includes(tag));
  const removeTags = contact.tags.filter((tag) => !tagged.includes(tag));
  const points = Number(draft.addScore || 0);
  const patch: ContactPatch = {
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(unset.length > 0 ? { unset } : {}),
    ...(addTags.length > 0 ? { addTags } : {}),
    ...(removeTags.length > 0 ? { removeTags } : {}),
    ...(points === 0 ? {} : { addScore: points }),
    ...(draft.stage !== '' && draft.stage !== contact.stage ? { stage: draft.stage } : {}),
  };
  return Object.keys(patch).length === 0 ? undefined : patch;
};
