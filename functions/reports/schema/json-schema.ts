import { happeningSchema } from '#model/happening';
import { schemaText } from '#statemachines/document/json-schema';

/** The text of `happening.schema.json`: one line of what other systems are told. */
export const happeningSchemaText = (): string => schemaText(happeningSchema);
