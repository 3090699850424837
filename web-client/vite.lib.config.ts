import { defineConfig, type Plugin } from 'vite';

/** The npm library: an ES module for each entry of the package, types beside them. */
export default defineConfig({
  plugins: [oneLibrary()],
  build: {
    lib: {
      entry: { 'vitrine-client': 'src/lib/index.ts', 'app-streamer': 'src/kit/index.ts' },
      formats: ['es'],
    },
    outDir: 'dist',
    emptyOutDir: true,
    minify: true,
    target: 'es2022',
  },
});

/** The facade imports the library as it is beside it, so that each entry is one file. */
function oneLibrary(): Plugin {
  return {
    name: 'one-library',
    enforce: 'pre',
    resolveId: (id) =>
      id === '../lib/index.js' ? { id: './vitrine-client.js', external: true } : null,
  };
}
