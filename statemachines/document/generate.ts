import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectationSchemaText } from '../expectations/json-schema.ts';
import { journeySchemaText } from './json-schema.ts';
import { describeLanguage } from './reference/describe-language.ts';

/** Writes what is made from the schemas: the schema for editors (also beside the sample journeys) and the reference. */
const root = join(import.meta.dirname, '../..');
const files: Record<string, string> = {
  'statemachines/document/journey.schema.json': journeySchemaText(),
  'infra/clients/acme/journeys/journey.schema.json': journeySchemaText(),
  'statemachines/expectations/expect.schema.json': expectationSchemaText(),
  'infra/clients/acme/journeys/expect.schema.json': expectationSchemaText(),
  'statemachines/document/REFERENCE.md': describeLanguage(),
};
for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
