import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { happeningSchemaText } from './json-schema.ts';

test('the schema on disk is that of the code (npm run generate)', () => {
  expect(readFileSync(join(import.meta.dirname, 'happening.schema.json'), 'utf8')).toBe(
    happeningSchemaText(),
  );
});
