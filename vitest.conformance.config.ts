import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.conformance.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // Each file starts a Java process of its own.
    fileParallelism: false,
  },
});
