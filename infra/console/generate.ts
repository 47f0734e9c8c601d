import { writeFileSync } from 'node:fs';
import { editorSchemas } from './schemas.ts';

for (const [file, text] of Object.entries(editorSchemas())) writeFileSync(file, text);
