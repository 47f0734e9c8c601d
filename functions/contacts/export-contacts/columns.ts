import { contactChannels } from '#model/channel';
import type { Client } from '#model/client';
import type { Contact } from '#model/contact';
import { standardFields } from '#model/field';
import { describeConsent } from './describe-consent.ts';

/** A contact with what leads to it and is no field. */
export interface Exported {
  contact: Contact;
  userIds: readonly string[];
}

export interface Column {
  heading: string;
  cell(exported: Exported): string;
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** What is no text, number or truth goes with the other fields. */
const fieldColumn = (name: string, heading = name): Column => ({
  heading,
  cell({ contact: { fields } }) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return isScalar(value) ? String(value) : '';
  },
});

const otherFields = (named: ReadonlySet<string>): Column => ({
  heading: 'otherFields',
  cell({ contact: { fields } }) {
    const others = Object.entries(fields).filter(([name, value]) => !named.has(name) || !isScalar(value));
    return others.length === 0 ? '' : JSON.stringify(Object.fromEntries(others));
  },
});

/** Tags that hold the mark between tags are written as JSON. */
const tagCell = (tags: readonly string[]): string =>
  tags.some((tag) => /[;|]/.test(tag) || tag.startsWith('[')) ? JSON.stringify(tags) : tags.join(';');

const consentColumn = (key: string): Column => ({
  heading: `consent.${key}`,
  cell: ({ contact }) => describeConsent(contact, key),
});

/**
 * The same columns on every page, whoever is on it: those of all contacts, the client's catalogue, consent by
 * channel and topic; what a contact has besides stands in one cell as JSON. An import reads them all back, but
 * for those that nobody can set: `currentScore`, `segments`, `suppressed`, `addedAt`.
 */
export const columnsOf = ({ fields = {}, topics }: Pick<Client, 'fields' | 'topics'>): Column[] => {
  const named = [...new Set([...Object.keys(standardFields), ...Object.keys(fields)])];
  return [
    { heading: 'id', cell: ({ contact }) => contact.id },
    { heading: 'userId', cell: ({ userIds }) => userIds[0] ?? '' },
    ...named.map((name) => fieldColumn(name)),
    { heading: 'tags', cell: ({ contact }) => tagCell(contact.tags) },
    { heading: 'stage', cell: ({ contact }) => contact.stage ?? '' },
    { heading: 'currentScore', cell: ({ contact }) => String(contact.score) },
    ...[...contactChannels, ...Object.keys(topics)].map(consentColumn),
    { heading: 'suppressed', cell: ({ contact }) => Object.keys(contact.suppressed).join(';') },
    { heading: 'segments', cell: ({ contact }) => (contact.segments ?? []).join(';') },
    { heading: 'addedAt', cell: ({ contact }) => contact.createdAt },
    otherFields(new Set(named)),
  ];
};
