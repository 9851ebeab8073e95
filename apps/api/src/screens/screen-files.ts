import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const SITES = ['portal', 'desk'] as const;
export type Site = (typeof SITES)[number];

/** One built file with its compressed forms, held in memory: small, never changed, nothing of the disk can be asked for. */
export interface ScreenFile {
  type: string;
  body: Buffer;
  gzip: Buffer | null;
  brotli: Buffer | null;
}

export interface BuiltSite {
  /** By language. */
  pages: ReadonlyMap<string, string>;
  /** By address, `/portal/assets/…`. */
  assets: ReadonlyMap<string, ScreenFile>;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};

/** Where the sites are built to, from the sources or from dist. */
export function screensFolder(): string {
  const root = __dirname.split(`${path.sep}dist${path.sep}`)[0];
  return path.join(root === __dirname ? path.resolve(__dirname, '../../../..') : root, 'dist-web');
}

/** Null when the site was not built. */
export function readSite(site: Site, folder = screensFolder()): BuiltSite | null {
  const base = path.join(folder, site);
  if (!existsSync(path.join(base, 'fr.html'))) return null;
  const pages = new Map<string, string>();
  for (const name of readdirSync(base).filter((one) => one.endsWith('.html'))) {
    pages.set(name.slice(0, -5), readFileSync(path.join(base, name), 'utf8'));
  }
  const assets = new Map<string, ScreenFile>();
  for (const name of readdirSync(path.join(base, 'assets'))) {
    const type = TYPES[path.extname(name)];
    if (type) assets.set(`/${site}/assets/${name}`, readAsset(path.join(base, 'assets', name), type));
  }
  return { pages, assets };
}

function readAsset(file: string, type: string): ScreenFile {
  const optional = (name: string) => (existsSync(name) ? readFileSync(name) : null);
  return { type, body: readFileSync(file), gzip: optional(`${file}.gz`), brotli: optional(`${file}.br`) };
}
