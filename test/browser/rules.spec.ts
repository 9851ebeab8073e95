import type { Page } from 'playwright-core';
import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import { localParts } from '@app/domain/zone';
import { TestApp } from '../support/app';
import {
  DESKTOP,
  LANGUAGES,
  PHONE,
  TestBrowser,
  axeFindings,
  buildScreens,
  describeInBrowser,
  overflowOf,
  type ScreenLanguage,
} from '../support/browser';
import type { TestPerson } from '../support/world';

interface Asked {
  id: string;
  reference: string;
  priority: Priority;
  nextDueAt: string;
}

describeInBrowser('rules of promise and routing on screen', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let member: TestPerson;
  let supervisor: TestPerson;
  let coordinator: TestPerson;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    member = await app.world.person(await app.world.association('FM', 'MA-FES'), 'member');
    supervisor = await app.world.staff('FM', 'supervisor', []);
    coordinator = await app.world.coordinator();
  }, 120_000);
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  const ask = async (): Promise<Asked> => (await app.ask(member).expect(201)).body;
  const dueMoves = (asked: Asked) =>
    app.until(async () => {
      const { body } = await app.as(member, 'get', `/tickets/${asked.id}`).expect(200);
      return body.nextDueAt !== asked.nextDueAt && (body.nextDueAt as string);
    });
  const open = async (language: ScreenLanguage, person: TestPerson, route: string): Promise<Page> => {
    const { page } = await browser.open({ language, person, width: DESKTOP });
    await page.goto(route);
    return page;
  };
  const acts = (page: Page) => page.locator('.rl-side .rl-foot button');
  const dayOf = (instant: string) => localParts(new Date(instant)).date.split('-').reverse().join('/');

  it.each(LANGUAGES)(
    'a target is changed, its effect seen, published, and an open ticket follows (%s)',
    async (language) => {
      const asked = await ask();
      const { body } = await app.as(coordinator, 'get', '/sla/policies').expect(200);
      const { id } = body.items.find((one: { code: string }) => one.code === 'LEGAL-DEADLINE');
      const page = await open(language, coordinator, `/desk/admin/policies?policy=${id}`);
      const cell = page.locator('.rl-targets .rl-minutes input').nth(PRIORITIES.indexOf(asked.priority) * 4);
      await cell.fill(language === 'ar' ? '0,5' : '0,75');
      await acts(page).nth(0).click();
      await page.locator('.rl-big').first().waitFor();
      expect(Number(await page.locator('.rl-big').first().textContent())).toBeGreaterThan(0);
      await acts(page).nth(1).click();
      await page.locator('.rl-progress').waitFor();
      expect(Date.parse(await dueMoves(asked))).toBeLessThan(Date.parse(asked.nextDueAt));
      await page.context().close();
    },
  );

  it('what falls below the programme’s floor is refused at its field, and what was written stays', async () => {
    const page = await open('fr', supervisor, '/desk/admin/policies');
    await page.getByRole('button', { name: 'Adapter pour mon pôle' }).click();
    const cell = page.locator('.rl-targets .rl-minutes input').first();
    await cell.fill('999');
    await acts(page).nth(0).click();
    await page.locator('.rl-target [role=alert]', { hasText: 'plus vite' }).waitFor();
    expect(await cell.getAttribute('aria-invalid')).toBe('true');
    await page.reload();
    await cell.waitFor();
    expect(await cell.inputValue()).toBe('999');
    await page.context().close();
  });

  it.each(LANGUAGES)('the administrator moves a holiday and sees due times move (%s)', async (language) => {
    const asked = await ask();
    const page = await open(language, coordinator, '/desk/admin/calendars');
    await page.locator('section.closures tbody tr').last().locator('button').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('.date-field input').fill(dayOf(asked.nextDueAt));
    await dialog.locator('.rl-hubs, .tbl').first().waitFor();
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached' });
    expect(Date.parse(await dueMoves(asked))).toBeGreaterThan(Date.parse(asked.nextDueAt));
    await page.context().close();
  });

  it.each(LANGUAGES)('a routing rule is tried on last month and published (%s)', async (language) => {
    const asked = await ask();
    const page = await open(language, supervisor, '/desk/admin/routing');
    const legal = page.locator('.rl-rule').nth(3);
    await legal.locator('button[aria-expanded]').click();
    await legal.locator('.rl-rule-form > .field select').selectOption(language === 'ar' ? 'INFO' : 'ADMIN');
    await acts(page).nth(0).click();
    await page.locator('#dry-run-tickets').getByText(asked.reference).waitFor();
    await acts(page).nth(1).click();
    await page
      .locator('.rl-history li')
      .nth(language === 'ar' ? 1 : 0)
      .waitFor();
    const { body } = await app.as(supervisor, 'get', `/hubs/${supervisor.hubId}/routing-rules`).expect(200);
    expect(body.rules[3].queueCode).toBe(language === 'ar' ? 'INFO' : 'ADMIN');
    await page.context().close();
  });

  const SCREENS: [who: 'supervisor' | 'coordinator', route: string, shown: string][] = [
    ['coordinator', '/desk/admin/policies', '.rl-targets'],
    ['supervisor', '/desk/admin/policies', '.rl-read'],
    ['supervisor', '/desk/admin/routing', '.rl-rule'],
    ['supervisor', '/desk/admin/queues', '.tbl'],
    ['supervisor', '/desk/admin/skills', '.tbl'],
    ['coordinator', '/desk/admin/calendars', '.rl-week'],
  ];
  it.each(LANGUAGES.flatMap((language) => SCREENS.map((screen) => [language, ...screen] as const)))(
    'has no finding of axe and fits a phone (%s, %s, %s)',
    async (language, who, route, shown) => {
      const person = who === 'coordinator' ? coordinator : supervisor;
      const { page, faults } = await browser.open({ language, person, width: DESKTOP, dark: language === 'ar' });
      await page.goto(route);
      await page.locator(shown).first().waitFor();
      expect({ found: await axeFindings(page), faults }).toEqual({ found: [], faults: [] });
      await page.setViewportSize({ width: PHONE, height: 740 });
      expect(await overflowOf(page)).toBe(0);
      await page.context().close();
    },
  );
});
