import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { happeningSchemaText } from './json-schema.ts';

/** Writes the schema of what other systems are told. */
writeFileSync(join(import.meta.dirname, 'happening.schema.json'), happeningSchemaText());
