import * as z from 'zod';
import { forbiddenKeys } from '../kernel/json.ts';
import { line } from './document-text.ts';

/** Fields of contacts: which names they may have, of which types they are, and which every contact may have. */

/** An event, a form or an update says them by these names, beside the fields. */
const spokenMembers = ['tags', 'score', 'stage', 'consent'];
/** Nobody sets these. */
const keptMembers = ['id', 'rev', 'suppressed', 'segments', 'updatedAt'];
/** No field is called so: what is sent under these names is a member of the contact, or dropped. */
export const reservedFieldNames: ReadonlySet<string> = new Set([
  ...spokenMembers,
  ...keptMembers,
  ...forbiddenKeys,
]);

export const maxFieldNameLength = 100;
/** May a contact have a field of this name, whoever sends it? */
export const isFieldName = (name: string): boolean =>
  name !== '' && name.length <= maxFieldNameLength && !reservedFieldNames.has(name);

/** Of an input of a form; not every one becomes a field, the checkbox of a consent does not. */
export const inputName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'use letters, digits and underscores, a letter first, at most 64')
  .refine((name) => !forbiddenKeys.has(name), 'this name is reserved');
/** Of an input that does become a field. */
export const formFieldName = inputName.refine(
  (name) => !keptMembers.includes(name),
  'this is a member of every contact that nobody sets; use another name',
);
/** Of a field in the client's catalogue. */
export const fieldName = inputName.refine(
  (name) => ![...spokenMembers, ...keptMembers].includes(name),
  'this is a member of every contact; fields are beside it',
);

/** Types that need no more said; `choice` has its options beside it. */
export const plainFieldTypes = ['text', 'email', 'phone', 'number', 'boolean', 'date'] as const;
export const choiceOptions = z
  .array(line(200))
  .min(1, 'a choice needs at least one option')
  .max(200)
  .describe('The only values that are accepted');

/** Segment's reserved traits, zone and language, each with what files and sheets also call it. */
export const standardFields: Readonly<Record<string, readonly string[]>> = {
  email: ['emailaddress', 'mail', 'emails'],
  phone: [
    ...['phonenumber', 'mobile', 'mobilephone', 'telephone'],
    ...['mobilenumber', 'mobilephonenumber', 'cellphone'],
  ],
  firstName: ['givenname', 'vorname', 'prénom', 'prenom'],
  lastName: ['surname', 'familyname', 'nachname', 'familienname', 'nomdefamille'],
  company: ['companyname', 'organization'],
  title: ['jobtitle'],
  website: ['url'],
  address: [],
  birthday: ['dateofbirth'],
  createdAt: [],
  timezone: [],
  language: [],
};

/** What `contact.…` may name, whatever the client's forms ask: the standard fields and what stands beside fields. */
export const contactMembers: readonly string[] = ['id', ...Object.keys(standardFields), ...spokenMembers];
