import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.e2e.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time.
    fileParallelism: false,
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/failsafe-reports/TEST-vitest-e2e.xml' },
  },
});
