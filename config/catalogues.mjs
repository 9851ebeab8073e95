/**
 * PO files as modules: `import { messages } from './fr.po'`. Messages are compiled at build, so that no parser travels; `#` of a plural
 * becomes the variable `name#`, because numbers are shown with Western digits in both languages (libs/ui/src/numbers.ts).
 */
import { readFileSync } from 'node:fs';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import PO from 'pofile';

/** Texts of a PO file by id. Throws when a text does not parse or an id is there twice. */
export function readCatalogue(file) {
  const texts = {};
  for (const { msgid, msgstr, obsolete } of PO.parse(readFileSync(file, 'utf8')).items) {
    if (obsolete) continue;
    if (msgid in texts) throw new Error(`${file}: ${msgid} is there twice.`);
    texts[msgid] = msgstr[0];
  }
  return texts;
}

const shownNumbers = (tokens, number) =>
  tokens.map((token) => {
    if (token === '#' && number !== null) return [`${number}#`];
    if (!Array.isArray(token) || !token[2] || typeof token[2] !== 'object') return token;
    const [name, type, cases] = token;
    const inner = type === 'plural' ? name : number;
    const forms = Object.entries(cases).map(([form, value]) => [
      form,
      Array.isArray(value) ? shownNumbers(value, inner) : value,
    ]);
    return [name, type, Object.fromEntries(forms)];
  });

export function compileCatalogue(file) {
  const compiled = {};
  for (const [id, text] of Object.entries(readCatalogue(file))) {
    const tokens = compileMessage(text, (value) => value);
    compiled[id] = shownNumbers(Array.isArray(tokens) ? tokens : [tokens], null);
  }
  return compiled;
}

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
