import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Writes down which test uses which grant; see test/infra/grants. */
const recordGrants = {
  globalSetup: ['test/infra/grants/fold-uses.ts'],
  setupFiles: ['test/infra/grants/record-uses.ts'],
};

export default defineConfig({
  test: {
    ...(process.env.WAYLEAF_UPDATE === 'grants' && recordGrants),
    include: ['{infra,functions,statemachines,shared,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.conformance.test.ts'],
    // By itself vitest leaves one processor idle: of two, that is half.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
