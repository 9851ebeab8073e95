/** PO files as modules: `import { messages } from './fr.po'`. Messages are compiled at build, so that no parser travels. */
import { createRequire } from 'node:module';

const { compileCatalogue, readCatalogue } = createRequire(import.meta.url)('./compile-catalogue.cjs');
export { readCatalogue };

/** The Vite plugin. */
export function catalogues() {
  return {
    name: 'catalogues',
    enforce: 'pre',
    load(id) {
      const file = id.split('?')[0];
      if (!file.endsWith('.po')) return null;
      this.addWatchFile(file);
      const json = JSON.stringify(JSON.stringify(compileCatalogue(file)));
      return { code: `export const messages = JSON.parse(${json});`, moduleType: 'js' };
    },
  };
}
