import * as z from 'zod';
import { durationPattern } from '../kernel/durations.ts';
import { isZone } from '../kernel/zones.ts';

/** The small words of the documents beside journeys: ids, lines, durations, zones, addresses. */

/** Of documents, steps, channels and topics. */
export const idPattern = /^[a-z][a-z0-9-]{0,47}$/;

export const documentId = z
  .string()
  .regex(idPattern, 'use lower case letters, digits and hyphens, a letter first, at most 48')
  .describe('Identity of the document: the file name without `.json`');

/** A value that ends up in a header or in one line of text. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'one line, without control characters');

export const duration = z
  .string()
  .regex(durationPattern, 'write a duration such as "2 days", "90 minutes" or "P2D"')
  .meta({
    id: 'duration',
    title: 'How long',
    description: '"2 days", "90 minutes", "1 week", or ISO 8601 as in "P2D"',
    examples: ['2 days', '90 minutes', '1 week', 'P2D'],
  });

export const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'write a time such as "08:30"');

export const timezone = z
  .string()
  .max(64)
  .refine(isZone, 'use a name of the IANA time zone list, such as "Europe/Berlin"');

// `URL` drops line breaks and encodes spaces, but the text as it stands goes to a `Location` header.
const isWebAddress = (text: string): boolean =>
  !/[\s\p{Cc}]/u.test(text) && URL.canParse(text) && new URL(text).protocol === 'https:';
export const webAddress = z
  .string()
  .max(2048)
  .refine(isWebAddress, 'use an address that begins with https://');

export const mailAddress = z
  .string()
  .max(254)
  .regex(
    /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/iu,
    'use an e-mail address such as "hello@example.com"',
  );

export const eventName = line(200);

export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language such as "de" or "pt-BR"');

/** E.164, as carriers take it. */
export const phonePattern = /^\+[1-9]\d{6,14}$/;
