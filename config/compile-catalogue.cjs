/**
 * Reads and compiles PO files, for the builds and for tests. `#` of a plural becomes the variable `name#`, because numbers are shown with
 * Western digits in both languages (libs/ui/src/numbers.ts).
 */
const { readFileSync } = require('node:fs');
const { compileMessage } = require('@lingui/message-utils/compileMessage');
const PO = require('pofile');

/** Texts of a PO file by id. Throws when an id is there twice. */
function readCatalogue(file) {
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

/** The messages as the screens load them. Throws when a text does not parse. */
function compileCatalogue(file) {
  const compiled = {};
  for (const [id, text] of Object.entries(readCatalogue(file))) {
    const tokens = compileMessage(text, (value) => value);
    compiled[id] = shownNumbers(Array.isArray(tokens) ? tokens : [tokens], null);
  }
  return compiled;
}

module.exports = { readCatalogue, compileCatalogue };
