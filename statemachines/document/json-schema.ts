import * as z from 'zod';
import { withEditorWords } from './editor-words.ts';
import { journeySchema } from './schema.ts';

type JsonObject = Record<string, unknown>;

/** JSON Schema 2020-12 for editors. Editors complete and underline by it; `check` knows more. */
export const journeyJsonSchema = (): JsonObject => withEditorWords(jsonSchemaOf(journeySchema));

/** The text of the file, the same for every run. */
export const journeySchemaText = (): string => textOf(journeyJsonSchema());

/** Of any of our documents. */
export const schemaText = (schema: z.ZodType): string => textOf(jsonSchemaOf(schema));

const textOf = (schema: JsonObject): string => `${JSON.stringify(schema, null, 2)}\n`;

const jsonSchemaOf = (schema: z.ZodType): JsonObject =>
  rewritten(z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' })) as JsonObject;

/** Ids of the parts are taken out: a validator would read them as addresses. */
const rewritten = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, inner]) => name !== 'id' || typeof inner !== 'string');
  return Object.fromEntries(members.map(([name, inner]) => [name, rewritten(inner)]));
};
