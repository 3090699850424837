import { defineConfig } from 'vite';

/** The npm library: one ES module, types beside it. */
export default defineConfig({
  build: {
    lib: { entry: 'src/lib/index.ts', formats: ['es'], fileName: 'vitrine-client' },
    outDir: 'dist',
    emptyOutDir: true,
    minify: true,
    target: 'es2022',
  },
});
