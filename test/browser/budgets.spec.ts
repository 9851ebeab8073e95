import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildScreens } from '../support/browser';

const OUT = path.resolve(__dirname, '../../dist-web');
const KB = 1000;

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}
type Manifest = Record<string, Chunk>;

function manifestOf(site: string): Manifest {
  return JSON.parse(readFileSync(path.join(OUT, site, '.vite/manifest.json'), 'utf8')) as Manifest;
}

function weight(site: string, file: string): number {
  const compressed = path.join(OUT, site, `${file}.gz`);
  if (existsSync(compressed)) return readFileSync(compressed).length;
  return gzipSync(readFileSync(path.join(OUT, site, file))).length;
}

/** A chunk with all that it imports at once. */
function closure(manifest: Manifest, names: string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    closure(manifest, manifest[name].imports ?? [], seen);
  }
  return seen;
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('what the portal weighs, compressed', () => {
  let manifest: Manifest;
  let entry: string;

  beforeAll(() => {
    buildScreens();
    manifest = manifestOf('portal');
    entry = Object.keys(manifest).find((name) => manifest[name].isEntry)!;
  });

  const firstLoad = (language: string): Set<string> => {
    const catalogues = Object.keys(manifest).filter((name) => name.endsWith(`locales/${language}.po`));
    expect(catalogues).toHaveLength(2);
    return closure(manifest, [entry, ...catalogues]);
  };

  it.each(['fr', 'ar'])('at most 45 kB of script and 55 kB in all at the first load in %s', (language) => {
    const chunks = [...firstLoad(language)].map((name) => manifest[name]);
    const script = sum(chunks.map((chunk) => weight('portal', chunk.file)));
    const styles = [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))];
    const page = gzipSync(readFileSync(path.join(OUT, 'portal', `${language}.html`))).length;
    expect(script).toBeLessThanOrEqual(45 * KB);
    expect(script + page + sum(styles.map((file) => weight('portal', file)))).toBeLessThanOrEqual(55 * KB);
  });

  it('at most 8 kB for each page that is opened later', () => {
    const first = firstLoad('fr');
    const pages = Object.keys(manifest).filter((name) => /pages\/[\w-]+\.tsx$/.test(name) && !first.has(name));
    expect(pages.length).toBeGreaterThanOrEqual(8);
    for (const page of pages) {
      const own = [...closure(manifest, [page])].filter((name) => !first.has(name));
      const kb = sum(own.map((name) => weight('portal', manifest[name].file))) / KB;
      expect({ page, within: kb <= 8 }).toEqual({ page, within: true });
    }
  });

  it('no web font, nothing from elsewhere', () => {
    const files = Object.values(manifest).map((chunk) => chunk.file);
    expect(files.filter((file) => /\.(woff2?|ttf|otf)$/.test(file))).toEqual([]);
    const styles = [...new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []))];
    for (const file of styles)
      expect(readFileSync(path.join(OUT, 'portal', file), 'utf8')).not.toMatch(
        /@font-face|https?:\/\/(?!www\.w3\.org)/,
      );
  });
});

describe('what the desk weighs, compressed', () => {
  let manifest: Manifest;

  beforeAll(() => {
    buildScreens();
    manifest = manifestOf('desk');
  });

  const load = (language: string, ...screens: string[]): { script: number; styles: number } => {
    const entry = Object.keys(manifest).filter((name) => manifest[name].isEntry);
    // The words of an area come with its screens.
    const catalogues = Object.keys(manifest).filter((name) => name.endsWith(`src/locales/${language}.po`));
    expect(catalogues).toHaveLength(2);
    const named = screens.map((screen) => Object.keys(manifest).find((name) => name.endsWith(screen))!);
    const chunks = [...closure(manifest, [...entry, ...catalogues, ...named])].map((name) => manifest[name]);
    const styles = [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))];
    return {
      script: sum(chunks.map((chunk) => weight('desk', chunk.file))),
      styles: sum(styles.map((file) => weight('desk', file))),
    };
  };

  it.each(['fr', 'ar'])('at most 160 kB of script for the shell in %s', (language) => {
    expect(load(language).script).toBeLessThanOrEqual(160 * KB);
  });

  it.each(['fr', 'ar'])('at most 240 kB of script and 45 kB of style until the inbox can be used in %s', (language) => {
    const { script, styles } = load(language, 'inbox/inbox.screen.tsx', 'shell/rail-tools.tsx', 'ui/src/live.ts');
    expect(script).toBeLessThanOrEqual(240 * KB);
    expect(styles).toBeLessThanOrEqual(45 * KB);
  });
});
