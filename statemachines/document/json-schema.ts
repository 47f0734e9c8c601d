import { z } from 'zod';
import { journeySchema } from './schema.ts';

type JsonObject = Record<string, unknown>;

/** JSON Schema 2020-12 for editors. Editors complete and underline by it; `check` knows more. */
export const journeyJsonSchema = (): JsonObject => {
  const schema = z.toJSONSchema(journeySchema, { target: 'draft-2020-12', io: 'input' });
  return rewritten(schema) as JsonObject;
};

/** The text of the file, the same for every run. */
export const journeySchemaText = (): string => `${JSON.stringify(journeyJsonSchema(), null, 2)}\n`;

/** Ids of the parts are taken out: a validator would read them as addresses. */
const rewritten = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, inner]) => name !== 'id' || typeof inner !== 'string');
  return Object.fromEntries(members.map(([name, inner]) => [name, rewritten(inner)]));
};
