import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildSync, version } from 'esbuild';
import type { FunctionRecord } from '#aws/function-record';
import { systemClock } from '#kernel/clock';
import { manifest } from '../manifest.ts';

const root = join(import.meta.dirname, '../..');
const output = join(root, 'cdk.out');
const built: Partial<Record<Chain, string>> = {};

/** What stands around each handler; whoever wants no traces carries no tracer. */
export type Chain = 'observe' | 'trace';

/** The folder with a function's bundle. All are made at once, and again only when something they are made of changed. */
export const bundleFunction = (record: FunctionRecord, chain: Chain = 'observe'): string => {
  built[chain] ??= bundleAll(
    manifest.map((entry) => entry.record),
    chain,
  );
  return join(built[chain], record.name);
};

/** A folder by what went in; whoever comes second, in this process or another, finds it made. */
const bundleAll = (records: readonly FunctionRecord[], chain: Chain): string => {
  const folder = join(output, 'bundles', `${digestOfSources()}-${chain}`);
  if (existsSync(folder)) return folder;
  removeOld(join(output, 'bundles'));
  const making = `${folder}-${process.pid}`;
  build(records, making, chain);
  // Half a folder is never seen; and should another process have been faster, its folder is as good.
  if (existsSync(folder)) rmSync(making, { recursive: true });
  else renameSync(making, folder);
  return folder;
};

const digestOfSources = (): string => {
  const hash = createHash('sha256').update(version);
  for (const room of ['functions', 'infra', 'shared', 'statemachines'])
    for (const file of sourcesIn(join(root, room))) hash.update(file).update(readFileSync(file));
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
};

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.(?:ts|json)$/.test(entry.name) && !entry.name.endsWith('.test.ts'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const dayMs = 86_400_000;

const removeOld = (folder: string): void => {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder))
    if (statSync(join(folder, entry)).mtimeMs < systemClock.now() - dayMs)
      rmSync(join(folder, entry), { recursive: true, force: true });
};

/** One run of esbuild for every function, so that what they share is read once. ESM for Lambda. */
const build = (records: readonly FunctionRecord[], outdir: string, chain: Chain): void => {
  buildSync({
    entryPoints: records.map((record) => ({ in: writeEntry(record, chain), out: `${record.name}/index` })),
    outdir,
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
  writeFileSync(file, entryOf(record, chain));
  return file;
};
