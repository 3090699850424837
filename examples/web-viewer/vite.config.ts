import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  // Every address is relative: a proxy may put the built front end below any path.
  base: './',
  // Runtimes in local mode and `make up` expect a front end at this port (VITRINE_ORIGINS).
  server: { port: 5173, strictPort: true, fs: { allow: ['.', '../../web-client/dist'] } },
  preview: { port: 5173, strictPort: true },
  build: { target: 'es2022' },
  test: {
    include: ['src/**/*.test.ts'],
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/surefire-reports/TEST-vitest.xml' },
  },
});
