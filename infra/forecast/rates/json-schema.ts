import { ratesSchema } from '#model/forecast-rates';
import { schemaText } from '#statemachines/document/json-schema';

/** The text of `rates.schema.json`, for editors. */
export const ratesSchemaText = (): string => schemaText(ratesSchema);
