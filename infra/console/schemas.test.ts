import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { editorSchemas } from './schemas.ts';

test('what editors complete by is what validates; "npm run generate" writes it', () => {
  for (const [file, text] of Object.entries(editorSchemas())) expect(readFileSync(file, 'utf8')).toBe(text);
});
