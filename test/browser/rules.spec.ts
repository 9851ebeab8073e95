import type { Page } from 'playwright-core';
import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import { localParts } from '@app/domain/zone';
import { TestApp } from '../support/app';
import {
  DESKTOP,
  LANGUAGES,
  TestBrowser,
  buildScreens,
  describeInBrowser,
  type ScreenLanguage,
  tabTo,
  tour,
  type Stop,
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
    const dialog = page.getByRole('dialog');
    const move = page.locator('section.closures tbody tr').last().locator('button').first();
    const day = dialog.locator('.date-field input');
    await move.waitFor();
    if (language === 'fr') {
      await move.click();
      await day.fill(dayOf(asked.nextDueAt));
    } else {
      await tabTo(page, move, 'Shift+Tab'); // the other way round, by keyboard alone
      await page.keyboard.press('Enter');
      await day.waitFor();
      await tabTo(page, day, 'Tab');
      await page.keyboard.press('Control+a');
      await page.keyboard.type(dayOf(asked.nextDueAt));
    }
    await dialog.locator('.rl-hubs, .tbl').first().waitFor();
    if (language === 'fr') await dialog.locator('button[type=submit]').click();
    else await page.keyboard.press('Enter');
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

  it('the order of policies is tried and published', async () => {
    const page = await open('ar', coordinator, '/desk/admin/policies');
    const order = async (): Promise<string[]> => {
      const { body } = await app.as(coordinator, 'get', '/sla/policies').expect(200);
      return body.items
        .filter((one: { active: boolean; hub: object | null }) => one.active && !one.hub)
        .map((one: { id: string }) => one.id);
    };
    const [first, second, ...rest] = await order();
    await page.locator('.rl-order').first().locator('button').nth(1).click();
    const foot = page.locator('nav .rl-foot button');
    await foot.nth(0).click();
    await page.locator('nav .rl-big').first().waitFor();
    await foot.nth(1).click();
    await foot.first().waitFor({ state: 'detached' });
    expect(await order()).toEqual([second, first, ...rest]);
    await page.context().close();
  });

  describe('of a hub', () => {
    let boss: TestPerson;
    beforeAll(async () => {
      boss = await app.world.staff('MS', 'supervisor', []);
    });
    const fill = async (page: Page, texts: readonly string[]) => {
      const fields = page.getByRole('dialog').locator('input.inp');
      for (const [at, text] of texts.entries()) await fields.nth(at).fill(text);
    };
    const confirm = (page: Page) => page.getByRole('dialog').locator('button[type=submit]').click();
    const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });
    const TOLD = 'Quelqu’un a modifié ceci entre-temps';

    it('it chooses how work is given, and adds a queue and a reason to be away', async () => {
      const page = await open('ar', boss, '/desk/admin/queues');
      await page.locator('.rl-card input[type=radio]').nth(1).check();
      await page.locator('.rl-card .rl-foot button').click();
      await app.until(async () => {
        const { body } = await app.as(boss, 'get', `/hubs/${boss.hubId}/assignment-mode`).expect(200);
        return body.mode === 'offers' && !body.inherited;
      });
      const sections = page.locator('section.stacked > .row > button');
      await sections.nth(0).click();
      await fill(page, ['ESPOIR', 'Jeunes', 'الشباب']);
      await confirm(page);
      await closed(page);
      await page.locator('.tbl', { hasText: 'ESPOIR' }).waitFor();
      await sections.nth(1).click();
      await fill(page, ['prayer', 'Prière', 'الصلاة']);
      await confirm(page);
      await closed(page);
      await page.locator('.tbl', { hasText: 'الصلاة' }).waitFor();
      await page.context().close();
    });

    it('who was slower is told so, nothing typed is lost, and a second try writes it', async () => {
      const page = await open('fr', boss, '/desk/admin/queues');
      await page.locator('.tbl').first().locator('tbody tr').first().locator('button').click();
      await fill(page, ['Ma file']);
      const { body } = await app.as(boss, 'get', `/hubs/${boss.hubId}/queues`).expect(200);
      const [queue] = body.items;
      await app
        .as(boss, 'patch', `/queues/${queue.id}`)
        .set('if-match', `"v${queue.version}"`)
        .send({ maxWaitSeconds: 900 })
        .expect(200);
      await confirm(page);
      await page.getByRole('alert').filter({ hasText: TOLD }).waitFor();
      expect(await page.getByRole('dialog').locator('input.inp').first().inputValue()).toBe('Ma file');
      await page.waitForLoadState('networkidle');
      await confirm(page);
      await closed(page);
      await page.locator('.tbl', { hasText: 'Ma file' }).waitFor();

      await page.goto('/desk/admin/branding');
      const greeting = page.locator('.branding .two input, .branding .two textarea').nth(2);
      await greeting.fill('Marhaba');
      const path = `/hubs/${boss.hubId}/branding`;
      const { body: now } = await app.as(boss, 'get', path).expect(200);
      const { nameFr, nameAr, phone, accent, greetingFr, greetingAr } = now;
      const theirs = { nameFr, nameAr: `${nameAr} `, phone, accent, greetingFr, greetingAr };
      await app.as(boss, 'put', path).set('if-match', `"v${now.version}"`).send(theirs).expect(200);
      const publish = page.locator('.branding button[type=submit]');
      await publish.click();
      await page.getByRole('alert').filter({ hasText: TOLD }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await greeting.inputValue()).toBe('Marhaba');
      await publish.click();
      await app.until(async () => (await app.as(boss, 'get', path).expect(200)).body.greetingFr === 'Marhaba');
      await page.context().close();
    });

    it('it takes a calendar of its own as a copy, and days off from a file', async () => {
      const page = await open('fr', boss, '/desk/admin/calendars');
      await page.locator('.rl-why button').click();
      await fill(page, ['MS-OWN', 'Calendrier du pôle', 'تقويم القطب']);
      await confirm(page);
      await closed(page);
      await page.locator('.closures h2 button').click();
      const lines = [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//test//FR',
        'BEGIN:VEVENT',
        'UID:one@example.org',
        'DTSTAMP:20261101T000000Z',
      ];
      const day = [
        'DTSTART;VALUE=DATE:20270315',
        'DTEND;VALUE=DATE:20270316',
        'SUMMARY:Inventaire annuel',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ];
      const buffer = Buffer.from([...lines, ...day].join('\r\n'));
      await page
        .getByRole('dialog')
        .locator('input[type=file]')
        .setInputFiles({ name: 'jours.ics', mimeType: 'text/calendar', buffer });
      await page.getByRole('dialog').getByText('Inventaire annuel').waitFor();
      await confirm(page);
      await closed(page);
      await page.locator('.closures tbody', { hasText: 'Inventaire annuel' }).waitFor();
      await page.context().close();
    });
  });

  it.each(LANGUAGES)('has no finding of axe and fits a phone (%s)', async (language) => {
    const stops: Stop[] = [
      [coordinator, '/desk/admin/policies', '.rl-targets'],
      [coordinator, '/desk/admin/calendars', '.rl-week'],
      [supervisor, '/desk/admin/policies', '.rl-read'],
      [supervisor, '/desk/admin/routing', '.rl-rule'],
      [supervisor, '/desk/admin/queues', '.tbl'],
      [supervisor, '/desk/admin/skills', '.tbl'],
    ];
    await tour(browser, { language, dark: language === 'ar', stops });
  });
});
