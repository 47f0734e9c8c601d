import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { FunctionRecord } from '#aws/function-record';

const root = join(import.meta.dirname, '../..');
const built = new Map<string, string>();

/**
 * Bundles one function as ESM for Lambda and answers the folder. Made once a process: clients in
 * one app share the same asset. The entry is the only place where a handler meets its real context.
 */
export const bundleFunction = (record: FunctionRecord): string => {
  const known = built.get(record.name);
  if (known) return known;
  const folder = join(root, 'cdk.out', 'bundles', record.name);
  mkdirSync(folder, { recursive: true });
  buildSync({
    stdin: {
      contents: `import { createHandler } from '#functions/${record.room}/${record.name}/handler';
import { createContext } from '#aws/context';
export const handler = createHandler(createContext());`,
      resolveDir: root,
      sourcefile: `${record.name}.entry.ts`,
      loader: 'ts',
    },
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  built.set(record.name, folder);
  return folder;
};
