import { join } from 'node:path';

/** Stands in the sources, so that both worlds serve the same bytes and neither needs esbuild for it. */
export const generatedFile: string = join(
  import.meta.dirname,
  '../../functions/ingest/serve-snippet/snippet.generated.ts',
);

export const generatedText = (script: string): string =>
  `// Made from browser/ by \`npm run generate\`.\nexport const snippet: string =\n  ${JSON.stringify(script)};\n`;
