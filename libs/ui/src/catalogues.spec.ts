import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import PO from 'pofile';
import { REFUSAL_CODES } from '@app/domain/refusal';

const ROOT = path.resolve(__dirname, '../../..');
/** Where the words that begin with a name lie: of what both sites share, of a site, of an area of the desk that is loaded later. */
const SITES = {
  ui: 'libs/ui/src',
  portal: 'apps/portal/src',
  desk: 'apps/desk/src',
  acts: 'apps/desk/src/acts',
  admin: 'apps/desk/src/admin',
  calls: 'apps/desk/src/calls',
  forms: 'apps/desk/src/forms',
  intake: 'apps/desk/src/intake',
  people: 'apps/desk/src/people',
  programme: 'apps/desk/src/programme',
  rules: 'apps/desk/src/rules',
  supervise: 'apps/desk/src/supervise',
  system: 'apps/desk/src/system',
};
const NAMES = Object.keys(SITES).join('|');
const LANGUAGES = { fr: 'fr-MA', ar: 'ar-MA', en: 'en-GB' };
type Site = keyof typeof SITES;
type Language = keyof typeof LANGUAGES;

function catalogue(site: Site, language: Language): Map<string, string> {
  const file = path.join(ROOT, SITES[site], 'locales', `${language}.po`);
  const { items } = PO.parse(readFileSync(file, 'utf8'));
  expect(new Set(items.map((item) => item.msgid)).size).toBe(items.length);
  return new Map(items.map((item) => [item.msgid, item.msgstr[0]]));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(file);
    return /\.tsx?$/.test(entry.name) && !/\.(spec|d)\.ts$/.test(entry.name) ? [readFileSync(file, 'utf8')] : [];
  });
}

type Token = string | [string, string?, Record<string, unknown>?];
const tokensOf = (text: string): Token[] => {
  const compiled = compileMessage(text) as Token[] | string;
  return Array.isArray(compiled) ? compiled : [compiled];
};

/** Names of the variables, and the forms of each plural. */
function shape(tokens: Token[], names: Set<string>, plurals: string[][]): void {
  for (const token of tokens) {
    if (!Array.isArray(token)) continue;
    const [name, type, cases] = token;
    names.add(name);
    if (type === 'plural') plurals.push(Object.keys(cases ?? {}));
    for (const form of Object.values(cases ?? {})) if (Array.isArray(form)) shape(form as Token[], names, plurals);
  }
}

function shapeOf(text: string): { names: string[]; plurals: string[][] } {
  const names = new Set<string>();
  const plurals: string[][] = [];
  shape(tokensOf(text), names, plurals);
  return { names: [...names].sort(), plurals };
}

describe.each(Object.keys(SITES) as Site[])('the catalogues of %s', (site) => {
  const french = catalogue(site, 'fr');

  it('have the same ids in each language, all translated', () => {
    for (const language of Object.keys(LANGUAGES) as Language[]) {
      const texts = catalogue(site, language);
      expect([...texts.keys()].sort()).toEqual([...french.keys()].sort());
      expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
    }
  });

  it('have the same variables and all plural forms of the language', () => {
    for (const [language, tag] of Object.entries(LANGUAGES) as [Language, string][]) {
      const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
      for (const [id, text] of catalogue(site, language)) {
        const { names, plurals } = shapeOf(text);
        expect({ id, names }).toEqual({ id, names: shapeOf(french.get(id)!).names });
        for (const given of plurals) expect({ id, given }).toEqual({ id, given: expect.arrayContaining(forms) });
      }
    }
  });

  it('speak Arabic with Arabic letters and signs', () => {
    for (const [id, text] of catalogue(site, 'ar')) {
      if (id.includes('.language.')) continue; // names of languages, each in itself
      const words = text.replace(/\{\w+(, (plural|select),)?|[{}]|\b(zero|one|two|few|many|other)\b/g, ' ');
      expect({ id, latin: /[?;]|[A-Za-z]{2,},/.test(words) }).toEqual({ id, latin: false });
      expect({ id, arabic: /\p{Script=Arabic}|^[^\p{L}]*$/u.test(words) }).toEqual({ id, arabic: true });
    }
  });

  it('hold every id that the screens name, and none that nobody uses', () => {
    const code = [SITES.ui, SITES.portal, SITES.desk].flatMap((folder) => sources(path.join(ROOT, folder)));
    const pages = ['portal', 'desk'].map((one) => readFileSync(path.join(ROOT, 'apps', one, 'index.html'), 'utf8'));
    const named = new Set<string>();
    const begun = new Set<string>();
    for (const text of [...code, ...pages]) {
      for (const [, id] of text.matchAll(new RegExp(`['"\`%]((?:${NAMES})\\.[\\w.]*\\w)['"\`%]`, 'g'))) named.add(id);
      for (const [, start] of text.matchAll(new RegExp(`\`((?:${NAMES})\\.(?:[\\w.]+\\.)?)\\$\\{`, 'g')))
        begun.add(start);
    }
    const own = [...named].filter((id) => id.startsWith(`${site}.`));
    expect(own.filter((id) => !french.has(id))).toEqual([]);
    const used = (id: string) => named.has(id) || [...begun].some((start) => id.startsWith(start));
    expect([...french.keys()].filter((id) => !used(id))).toEqual([]);
  });
});

it('has words for every refusal of the API', () => {
  const texts = catalogue('ui', 'fr');
  expect(REFUSAL_CODES.filter((code) => !texts.has(`ui.problem.${code}`))).toEqual([]);
});
