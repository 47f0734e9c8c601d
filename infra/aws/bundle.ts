import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import type { FunctionRecord } from '#aws/function-record';
import { newId } from '#kernel/ids';
import { keep, readKept } from './bundle-cache.ts';

const root = join(import.meta.dirname, '../..');
const output = join(root, 'cdk.out');
export const bundlesFolder: string = join(output, 'bundles');
const folders = new Map<string, string>();

/** What stands around each handler; whoever wants no traces carries no tracer. */
type Chain = 'observe' | 'trace';
export const chainOf = (tracing: boolean | undefined): Chain => (tracing ? 'trace' : 'observe');

/** The folder with a function's bundle. */
export const bundleFunction = (record: FunctionRecord, chain: Chain = 'observe'): string => {
  const known = folders.get(keptFile(record, chain));
  return known ?? bundleFunctions([record], chain)[0]!;
};

/**
 * Those whose sources have changed since they were last made, here or in another process, are made in one run,
 * so that what they share is read once.
 */
export const bundleFunctions = (
  records: readonly FunctionRecord[],
  chain: Chain = 'observe',
): readonly string[] => {
  const entries = new Map(records.map((record) => [record, writeEntry(record, chain)]));
  const stale = records.filter((record) => {
    const file = keptFile(record, chain);
    const folder = folders.get(file) ?? readKept(file);
    if (folder !== undefined) folders.set(file, folder);
    return folder === undefined;
  });
  if (stale.length > 0) make(stale, entries, chain);
  return records.map((record) => folders.get(keptFile(record, chain))!);
};

const keptFile = ({ name }: FunctionRecord, chain: Chain): string =>
  join(bundlesFolder, chain, `${name}.json`);

/** Whatever else a bundle is made of comes with these. */
const always = ['package-lock.json', 'package.json', relative(root, import.meta.filename)];

const make = (
  records: readonly FunctionRecord[],
  entries: ReadonlyMap<FunctionRecord, string>,
  chain: Chain,
): void => {
  mkdirSync(bundlesFolder, { recursive: true });
  const making = mkdtempSync(join(bundlesFolder, 'making-'));
  const read = build(
    records.map((record) => ({ in: entries.get(record)!, out: `${record.name}/index` })),
    making,
  );
  for (const record of records) {
    const file = keptFile(record, chain);
    const own = ownSources(read, relative(root, entries.get(record)!));
    folders.set(file, keep(file, join(making, record.name), [...always, ...own]));
  }
  rmSync(making, { recursive: true, force: true });
};

/** Also of what was left out again: a file that only names others may name another one tomorrow. */
const ownSources = (read: Metafile['inputs'], entry: string): string[] => {
  const found = new Set([entry]);
  for (const path of found)
    for (const { path: next, external } of read[path]?.imports ?? [])
      if (!external && !next.includes('node_modules/')) found.add(next);
  return [...found];
};

/** One run of esbuild. ESM for Lambda. @returns what was read, by paths from the root */
const build = (entryPoints: { in: string; out: string }[], outdir: string): Metafile['inputs'] =>
  buildSync({
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // 4 MB of a compiler, for settings written in it: mjml's minifier would look for some, and is told all it needs.
    external: ['typescript'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
    metafile: true,
    absWorkingDir: root,
  }).metafile.inputs;

/** What only some functions carry: clients of services that others do not ask, or the embedded world. */
interface Part {
  isIn: (record: FunctionRecord) => boolean;
  imports: string;
  member: string;
}

const isGranted =
  (resource: FunctionRecord['grants'][number]['on']) =>
  ({ grants }: FunctionRecord): boolean =>
    grants.some(({ on }) => on === resource);

const parts: readonly Part[] = [
  {
    isIn: isGranted('event-bus'),
    imports: "import { createTell } from '#aws/event-bus';\n",
    member: 'tell: createTell()',
  },
  {
    isIn: isGranted('main-stream'),
    imports: "import { createStreamReading } from '#aws/stream-range';\n",
    member: 'readStream: createStreamReading()',
  },
  {
    isIn: ({ holds }) => holds === 'simulator',
    imports:
      "import { createSimulator } from '#infra/simulation/simulator';\nimport { createWorld } from '#infra/local/world';\n",
    member: 'simulate: createSimulator(createWorld)',
  },
];

/** The only place where a handler meets its real context. */
const entryOf = (record: FunctionRecord, chain: Chain): string => {
  const folder = `#functions/${record.room}/${record.name}`;
  const carried = parts.filter(({ isIn }) => isIn(record));
  const members = carried.map(({ member }) => `, ${member}`).join('');
  return `import { createHandler } from '${folder}/handler';
import { record } from '${folder}/record';
import { createContext } from '#aws/context';
import { ${chain} } from '#aws/${chain}';
${carried.map(({ imports }) => imports).join('')}export const handler = ${chain}(createHandler, { ...createContext(record)${members} });
`;
};

const writeEntry = (record: FunctionRecord, chain: Chain): string => {
  const folder = join(output, 'entries', chain);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${record.name}.ts`);
  const text = entryOf(record, chain);
  // Others may be reading it, and see all of the one or of the other.
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return file;
  const draft = `${file}.${newId()}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
  return file;
};
