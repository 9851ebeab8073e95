/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import type { TestPerson } from './world';

const ROOT = path.resolve(__dirname, '../..');
export const SCREENS = path.join(ROOT, 'var/screens');
/** The one without windows first: it needs half as much of the machine. */
const CHROMIUM = [
  process.env.CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export type ScreenLanguage = 'fr' | 'ar';
export const LANGUAGES: readonly ScreenLanguage[] = ['fr', 'ar'];
export const PHONE = 360;
export const DESKTOP = 1440;

function findChromium(): string | undefined {
  return CHROMIUM.find((file): file is string => file !== undefined && existsSync(file));
}

/** `describe`, left out with its reason where there is no Chromium; on CI that is a failure. */
export function describeInBrowser(name: string, body: () => void): void {
  if (findChromium()) return describe(name, body);
  const reason = 'No Chromium: set CHROMIUM to its path, or install the package chromium-headless-shell or chromium.';
  if (process.env.CI === 'true') return void it(name, () => expect(reason).toBe(''));
  console.warn(`${name}: left out. ${reason}`);
  describe.skip(name, body);
}

/** Builds the sites when their sources are newer; before the application starts, because it reads them once. */
export function buildScreens(): void {
  const release = waitForTurn();
  try {
    execFileSync(process.execPath, ['apps/all/screens.mjs', '--if-older'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      // The runner says `test`, and React would come with all that helps developers.
      env: { ...process.env, NODE_ENV: 'production' },
    });
  } finally {
    release();
  }
}

const TURN = path.join(ROOT, 'var/screens.lock');
const STALE_MS = 120_000;

/** Files of tests run side by side: one builds, the others wait and then find the sites as new as they must be. */
function waitForTurn(): () => void {
  mkdirSync(path.dirname(TURN), { recursive: true });
  for (;;) {
    try {
      mkdirSync(TURN);
      return () => rmSync(TURN, { recursive: true, force: true });
    } catch {
      const since = statSync(TURN, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > STALE_MS) rmSync(TURN, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

interface PageOptions {
  language: ScreenLanguage;
  width?: number;
  height?: number;
  /** Signed in as. */
  person?: Pick<TestPerson, 'token'>;
  dark?: boolean;
}

/** A page and what went wrong on it. */
export interface Screen {
  page: Page;
  context: BrowserContext;
  /** Errors of scripts, refused loads and violations of the policy; expected to stay empty. */
  faults: string[];
}

/** One Chromium for a file; each page has a profile of its own. */
export class TestBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  static async start(url: string): Promise<TestBrowser> {
    return new TestBrowser(await chromium.launch({ executablePath: findChromium(), args: FLAGS }), url);
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }

  async open({ language, width = PHONE, height, person, dark }: PageOptions): Promise<Screen> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      locale: language === 'ar' ? 'ar-MA' : 'fr-MA',
      viewport: { width, height: height ?? (width < 600 ? 740 : 900) },
      reducedMotion: 'reduce',
      colorScheme: dark ? 'dark' : 'light',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(10_000);
    await context.addCookies([{ name: 'sanad_lang', value: language, url: this.url }]);
    if (person) {
      await context.addCookies([{ name: 'sanad_session', value: person.token, url: this.url, httpOnly: true }]);
    }
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`${error.name}: ${error.message}`));
    page.on('console', (message) => {
      // A refusal of the API is an answer, not a fault of the page.
      if (message.type() === 'error' && !/status of [45]\d\d/.test(message.text())) faults.push(message.text());
    });
    return { page, context, faults };
  }
}

/** What axe finds, readable in a failure; expected to be empty. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Without frames the page itself will do; what is in order need not be told.
  const options = { runOnly: WCAG, resultTypes: ['violations' as const] };
  const { violations } = await new AxeBuilder({ page }).options(options).setLegacyMode().analyze();
  return violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join(' | ')}`,
  );
}

/** A screen to look at: by whom, where, and what stands on it once it is there. */
export type Stop = readonly [person: TestPerson, route: string, shown: string];

/**
 * Looks at one screen after the other: no finding of axe at a desktop's width, no fault of a script, and no wider than a telephone.
 * Each person stays in one profile, which keeps the site's files: a new profile for each screen takes longer than to look at it.
 */
export async function tour(
  browser: TestBrowser,
  { stops, ...options }: Omit<PageOptions, 'person' | 'width'> & { stops: readonly Stop[] },
  arrived: (page: Page, route: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const screens = new Map<TestPerson, Screen>();
  for (const [person, route, shown] of stops) {
    const screen = screens.get(person) ?? (await browser.open({ ...options, person, width: DESKTOP }));
    screens.set(person, screen);
    const { page, faults } = screen;
    await page.goto(route);
    await page.locator(shown).first().waitFor();
    await arrived(page, route);
    expect({ route, found: await axeFindings(page), faults }).toEqual({ route, found: [], faults: [] });
    await page.setViewportSize({ width: PHONE, height: 740 });
    expect({ route, overflow: await overflowOf(page) }).toEqual({ route, overflow: 0 });
    await page.setViewportSize({ width: DESKTOP, height: 900 });
  }
  for (const { context } of screens.values()) await context.close();
}

/** Goes there as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead there: ${target.toString()}`);
}

/** How far the page is wider than its window; 0 is right. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Every character of an element as the eye meets it, left to right, line by line: what bidirectional text really looks like. */
export function glyphsOf(page: Page, selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const found: { x: number; y: number; text: string }[] = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent ?? '';
        for (let at = 0; at < text.length; at++) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          if (box.width > 0) found.push({ x: box.x, y: Math.round(box.y / 8), text: text[at] });
        }
      }
      return found
        .sort((a, b) => a.y - b.y || a.x - b.x)
        .map((one) => one.text)
        .join('')
        .replace(/[\u00a0\u202f]/g, ' ');
    });
}

/** Things to press that are smaller than a finger: below `size` px in either direction, with their text. */
export function smallTargets(page: Page, size: number): Promise<string[]> {
  return page.evaluate((least) => {
    const targets = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [role=button]'),
    ];
    return targets
      .filter(
        (target) => target.checkVisibility() && !target.closest('p, .inline') && target.getAttribute('type') !== 'file',
      )
      .map((target) => ({ target, box: (target.closest('label') ?? target).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < least || box.height < least))
      .map(
        ({ target, box }) =>
          `${target.textContent?.trim().slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`,
      );
  }, size);
}

/** Writes a picture of the whole page to var/screens, in a window as high as the page: a bar that sticks to its end covers nothing. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  const window = page.viewportSize()!;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > window.height) await page.setViewportSize({ ...window, height });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: path.join(SCREENS, `${name}.png`), fullPage: true });
  await page.setViewportSize(window);
}
