import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.e2e.test.ts'],
    // One browser and one cluster: files run one after the other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: [
      'default',
      [
        'junit',
        { outputFile: process.env['VITEST_JUNIT'] ?? 'target/surefire-reports/TEST-e2e.xml' },
      ],
    ],
  },
});
