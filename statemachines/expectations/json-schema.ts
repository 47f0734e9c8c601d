import { schemaText } from '../document/json-schema.ts';
import { expectationSchema } from './schema.ts';

/** The text of `expect.schema.json`, for editors. */
export const expectationSchemaText = (): string => schemaText(expectationSchema);
