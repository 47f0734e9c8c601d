import { writeFileSync } from 'node:fs';
import { bundleSnippet } from './bundle.ts';
import { generatedFile, generatedText } from './generated.ts';

writeFileSync(generatedFile, generatedText(bundleSnippet()));
