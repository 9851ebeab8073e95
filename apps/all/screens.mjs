/**
 * Builds both sites into dist-web, one HTML page for each language, every text file also as gzip and brotli:
 * `node apps/all/screens.mjs [--if-older]`.
 */
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const SITES = ['portal', 'desk'];
const LANGUAGES = { portal: ['fr', 'ar'], desk: ['fr', 'ar', 'en'] };
const OUT = path.join(ROOT, 'dist-web');
const STAMP = path.join(OUT, '.built');
const TEXT = /\.(?:html|js|css|svg|json|webmanifest)$/;

/** Folders count too: their time changes when a file goes away. */
function newest(file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || /\.spec\.ts$/.test(file)) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}

/** True when the sites stand and no source is newer. */
export function screensAreBuilt() {
  if (!existsSync(STAMP) || SITES.some((site) => !existsSync(path.join(OUT, site, 'fr.html')))) return false;
  const sources = [
    'apps/portal',
    'apps/desk',
    'apps/all/screens.mjs',
    'libs/ui',
    'libs/domain/src',
    'libs/contract/src',
  ];
  const settings = [
    'config/screens.mjs',
    'config/catalogues.mjs',
    'config/compile-catalogue.cjs',
    'config/tsconfig.screens.json',
  ];
  return (
    Number(readFileSync(STAMP, 'utf8')) >=
    Math.max(...[...sources, ...settings].map((name) => newest(path.join(ROOT, name))))
  );
}

const escapeHtml = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The built page in one language; the chunk of its catalogue is asked for at once. `%zone%` stays for the server. */
function localised(html, site, language, texts, manifest) {
  const chunks = Object.entries(manifest)
    .filter(([source]) => new RegExp(`(^|/)locales/${language}[.]po$`).test(source))
    .map(([, chunk]) => chunk.file);
  const preloads = chunks.map((file) => `<link rel="modulepreload" crossorigin href="/${site}/${file}">`).join('');
  return html.replace('</head>', `${preloads}</head>`).replace(/%([a-z.]+)%/gi, (whole, id) => {
    if (id === 'lang') return language;
    if (id === 'dir') return language === 'ar' ? 'rtl' : 'ltr';
    if (id === 'zone') return whole;
    if (texts[id] === undefined) throw new Error(`${site}/index.html: no text ${id} in ${language}.`);
    return escapeHtml(texts[id]);
  });
}

async function buildSite(site) {
  const { build } = await import('vite');
  const { readCatalogue } = await import('../../config/catalogues.mjs');
  await build({ configFile: path.join(ROOT, 'apps', site, 'vite.config.mjs'), mode: 'production' });
  const folder = path.join(OUT, site);
  const page = path.join(folder, 'index.html');
  const html = readFileSync(page, 'utf8');
  const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8'));
  for (const language of LANGUAGES[site]) {
    const texts = readCatalogue(path.join(ROOT, 'apps', site, 'src/locales', `${language}.po`));
    writeFileSync(path.join(folder, `${language}.html`), localised(html, site, language, texts, manifest));
  }
  rmSync(page);
  compress(path.join(folder, 'assets'));
}

function compress(folder) {
  for (const name of readdirSync(folder).filter((one) => TEXT.test(one))) {
    const body = readFileSync(path.join(folder, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
    writeFileSync(path.join(folder, `${name}.gz`), gzipSync(body, { level: 9 }));
    writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(body, { params }));
  }
}

/** Builds what is older than its sources. */
export async function buildScreens() {
  const startedAt = Date.now();
  rmSync(STAMP, { force: true });
  for (const site of SITES) await buildSite(site);
  writeFileSync(STAMP, String(startedAt));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!process.argv.includes('--if-older') || !screensAreBuilt()) await buildScreens();
}
