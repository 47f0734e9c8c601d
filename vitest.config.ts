import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

const include = ['{infra,functions,statemachines,shared,test}/**/*.test.ts'];
const exclude = ['**/node_modules/**', '**/*.conformance.test.ts'];
const patience = { testTimeout: 30_000, hookTimeout: 30_000 };

/** Where the command line keeps it too: what one process compiled, the next ones and their threads load. */
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');

/** Files that put a module of their own in the place of another, or load what Node does not, as `.tsx`. */
const alone = [
  'functions/console/app/editor/language.test.ts',
  'functions/console/app/parts/figures-table.test.ts',
  'infra/local/beside/{functions,thread}.test.ts',
  'test/browser/**/*.test.ts',
  'test/faults/sending/*.test.ts',
  'test/infra/grants/rare.test.ts',
  'test/scenarios/reports.test.ts',
];

/** Each file in a process of its own, its modules by way of Vite. */
const apart: TestProjectInlineConfiguration = {
  test: { name: 'alone', include: alone, exclude, ...patience },
};

/**
 * One file after the other in a process for each worker, its modules loaded by Node once, as in production:
 * most files took longer to load than to run.
 */
const together: TestProjectInlineConfiguration = {
  test: {
    ...{ name: 'together', include, exclude: [...exclude, ...alone], ...patience },
    isolate: false,
    experimental: { viteModuleRunner: false },
    // Worlds make much that soon is garbage; a twentieth of the time went into gathering it.
    execArgv: ['--min-semi-space-size=32', '--max-semi-space-size=64'],
  },
};

/** Writes down which test uses which grant; see test/infra/grants. */
const recordingGrants: TestProjectInlineConfiguration = {
  test: {
    ...{ name: 'grants', include, exclude, ...patience },
    globalSetup: ['test/infra/grants/fold-uses.ts'],
    setupFiles: ['test/infra/grants/record-uses.ts'],
  },
};

export default defineConfig({
  test: {
    projects: process.env.WAYLEAF_UPDATE === 'grants' ? [recordingGrants] : [apart, together],
    sequence: { sequencer: LongestFirst },
    // By itself vitest leaves one processor idle: of two, that is half.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
