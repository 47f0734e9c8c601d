import { join } from 'node:path';
import { buildSync } from 'esbuild';

const entry = join(import.meta.dirname, '../../functions/ingest/serve-snippet/browser/wayleaf.ts');

/** The snippet as browsers get it: one small script for any browser of the last years. */
export const bundleSnippet = (): string => {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    platform: 'browser',
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'error',
  });
  return outputFiles[0]!.text.trim();
};
