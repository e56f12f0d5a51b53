import { defineConfig } from 'vite';

/** Read by Vite, which wants a default export. oxc compiles the JSX; pictures and GraphQL come from a running Medley. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  server: {
    proxy: Object.fromEntries(['/graphql', '/images', '/pictures'].map((path) => [path, 'http://127.0.0.1:4000'])),
  },
});
