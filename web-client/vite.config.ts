import { defineConfig, type Plugin } from 'vite';

/** The viewer page: `index.html` for local mode, `view.html` for `/view/{namespace}/{app}`. */
export default defineConfig({
  base: './',
  plugins: [twoPages()],
  build: {
    outDir: 'target/classes/META-INF/vitrine/page',
    emptyOutDir: true,
    assetsDir: '',
    // A strict content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
});

/** Both pages are one: only the way to the files beside them differs, and is relative in both. */
function twoPages(): Plugin {
  const from = (html: string, folder: string) =>
    html.replaceAll('"./', `"${folder}page/`).replaceAll(' crossorigin', '');
  return {
    name: 'two-pages',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('vite made no index.html');
      const html = String(page.source);
      page.source = from(html, '');
      this.emitFile({ type: 'asset', fileName: 'view.html', source: from(html, '../../') });
    },
  };
}
