import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ratesSchemaText } from './json-schema.ts';

/** Writes the schema of rates for editors, also beside the sample journeys. */
const root = join(import.meta.dirname, '../../..');
for (const folder of ['infra/forecast/rates', 'infra/clients/acme/journeys'])
  writeFileSync(join(root, folder, 'rates.schema.json'), ratesSchemaText());
