import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { offsetStretches } from '@app/domain/zone';
import type { ScreenFile, Site } from './screen-files';

export const SCREEN_LANGUAGES = ['fr', 'ar'] as const;
export type ScreenLanguage = (typeof SCREEN_LANGUAGES)[number];

/** How far back instants on a screen go; older ones are shown with the oldest offset known here. */
const YEARS_BACK = 6;
const YEAR_MS = 366 * 86_400_000;

/**
 * What pages may load and do: this origin alone, no inline script, no markup from texts. The desk's components write style sheets into
 * the page, so style is allowed there.
 */
export function policyOf(site: Site, host: string): string {
  const desk = site === 'desk';
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${desk ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self'${sockets}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${desk ? 'default' : "'none'"}`,
  ].join('; ');
}

/** The stretches of constant offset that screens need, `until:minutes` with seconds since 1970; the last one has no end. */
export function zoneTable(now: Date): string {
  return offsetStretches(new Date(now.getTime() - YEARS_BACK * YEAR_MS), new Date(now.getTime() + YEAR_MS))
    .map(({ until, minutes }) => `${until === null ? '' : until.getTime() / 1000}:${Math.round(minutes)}`)
    .join(' ');
}

/** The language that somebody who named none gets: the one chosen before, else the first that the browser asks for. */
export function languageFor(cookie: string | undefined, acceptLanguage: string | undefined): ScreenLanguage {
  const chosen = SCREEN_LANGUAGES.find((language) => language === cookie);
  if (chosen) return chosen;
  const wanted = (acceptLanguage ?? '')
    .slice(0, 400)
    .split(',')
    .map((part) => {
      const [tag, ...parameters] = part.trim().toLowerCase().split(';');
      const quality = Number(parameters.find((one) => one.trim().startsWith('q='))?.split('=')[1] ?? 1);
      return { language: SCREEN_LANGUAGES.find((one) => tag === one || tag.startsWith(`${one}-`)), quality };
    })
    .filter((one) => one.language && one.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.language ?? 'fr';
}

export interface Page extends ScreenFile {
  etag: string;
}

/** A page as it is sent, compressed once. */
export function pageOf(html: string, zone: string): Page {
  const body = Buffer.from(html.replace('%zone%', zone));
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { type: 'text/html; charset=utf-8', body, gzip: gzipSync(body), brotli: brotliCompressSync(body), etag };
}

/** The smallest form that the browser takes. */
export function encodingFor(
  file: ScreenFile,
  acceptEncoding: string | undefined,
): { body: Buffer; encoding: 'br' | 'gzip' | null } {
  const accepted = (acceptEncoding ?? '').split(',').map((one) => one.trim().split(';')[0]);
  if (file.brotli && accepted.includes('br')) return { body: file.brotli, encoding: 'br' };
  if (file.gzip && accepted.includes('gzip')) return { body: file.gzip, encoding: 'gzip' };
  return { body: file.body, encoding: null };
}
