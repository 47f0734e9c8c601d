import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{infra,functions,statemachines,shared,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.conformance.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
