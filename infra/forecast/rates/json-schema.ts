import { schemaText } from '#statemachines/document/json-schema';
import { ratesSchema } from './rates-schema.ts';

/** The text of `rates.schema.json`, for editors. */
export const ratesSchemaText = (): string => schemaText(ratesSchema);
