import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { FunctionRecord } from '#aws/function-record';
import { manifest } from '../manifest.ts';

const output = join(import.meta.dirname, '../../cdk.out');
let built = false;

/** The folder with a function's bundle. All are made at once, once a process: clients share the assets. */
export const bundleFunction = (record: FunctionRecord): string => {
  if (!built) bundleAll(manifest.map((entry) => entry.record));
  built = true;
  return join(output, 'bundles', record.name);
};

/** One run of esbuild for every function, so that what they share is read once. ESM for Lambda. */
const bundleAll = (records: readonly FunctionRecord[]): void => {
  buildSync({
    entryPoints: records.map((record) => ({ in: writeEntry(record), out: `${record.name}/index` })),
    outdir: join(output, 'bundles'),
    outExtension: { '.js': '.mjs' },
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
};

/** The only place where a handler meets its real context. */
const plain = (folder: string): string => `import { createHandler } from '${folder}/handler';
import { record } from '${folder}/record';
import { createContext } from '#aws/context';
import { observe } from '#aws/observe';
export const handler = observe(createHandler, createContext(record));
`;

/** Its bundle alone carries EventBridge's client. */
const withEvents = (folder: string): string => `import { createHandler } from '${folder}/handler';
import { record } from '${folder}/record';
import { createContext } from '#aws/context';
import { createTell } from '#aws/event-bus';
import { observe } from '#aws/observe';
export const handler = observe(createHandler, { ...createContext(record), tell: createTell() });
`;

/** It carries the embedded world, and no more of AWS than its role allows. */
const withSimulator = (folder: string): string => `import { createHandler } from '${folder}/handler';
import { record } from '${folder}/record';
import { createContext } from '#aws/context';
import { observe } from '#aws/observe';
import { createSimulator } from '#infra/simulation/simulator';
import { createWorld } from '#infra/local/world';
export const handler = observe(createHandler, { ...createContext(record), simulate: createSimulator(createWorld) });
`;

const entryOf = ({ holds, grants }: FunctionRecord): ((folder: string) => string) => {
  if (holds === 'simulator') return withSimulator;
  return grants.some(({ on }) => on === 'event-bus') ? withEvents : plain;
};

const writeEntry = (record: FunctionRecord): string => {
  const { room, name } = record;
  const source = `#functions/${room}/${name}`;
  const folder = join(output, 'entries');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, entryOf(record)(source));
  return file;
};
