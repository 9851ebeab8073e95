/** The Vite settings of one site; `preact` takes the place of React where weight counts. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { catalogues } from './catalogues.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const libs = ['ui', 'domain', 'contract'].map((name) => ({
  find: `@app/${name}`,
  replacement: path.join(ROOT, 'libs', name, 'src'),
}));
const PREACT = [
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react(-dom)?$/, replacement: 'preact/compat' },
  { find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: 'preact/compat' },
];

const COMMON =
  /apps\/desk\/src\/ui\/(icon|button|field|when|names|reference|avatar|empty)\.tsx?$|icons\/Icon(Trash|X|Dots|Bell|Sun|MoodSmile|ArrowUp|ChevronDown)\.mjs$/;

export function site(name, base, { preact = false } = {}) {
  return {
    root: path.join(ROOT, 'apps', name),
    base,
    publicDir: false,
    clearScreen: false,
    logLevel: 'warn',
    plugins: [catalogues(), react()],
    resolve: { alias: preact ? [...libs, ...PREACT] : libs },
    build: {
      outDir: path.join(ROOT, 'dist-web', name),
      emptyOutDir: true,
      manifest: true,
      target: ['es2021', 'chrome96', 'firefox95', 'safari15'],
      assetsInlineLimit: 2048,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // What every screen shows is one file: split up by who else uses it, it would come as twenty small ones.
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'common', test: COMMON }] } } },
    },
  };
}
