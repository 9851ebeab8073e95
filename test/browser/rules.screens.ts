import { TestApp } from '../support/app';
import { DESKTOP, LANGUAGES, TestBrowser, buildScreens, describeInBrowser, shoot } from '../support/browser';
import type { TestPerson } from '../support/world';

describeInBrowser('pictures of promise and routing', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let supervisor: TestPerson;
  let coordinator: TestPerson;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    const member = await app.world.person(await app.world.association('FM', 'MA-FES'), 'member');
    supervisor = await app.world.staff('FM', 'supervisor', ['fr', 'ar']);
    coordinator = await app.world.coordinator();
    await app.world.staff('FM', 'agent', ['fr']);
    for (const subject of ['تأخر الوصل النهائي', 'Renouvellement du bureau'])
      await app.ask(member, { subject }).expect(201);
  }, 120_000);
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  it.each(LANGUAGES)('policies in %s', async (language) => {
    const word =
      language === 'ar' ? { try: 'عرض الأثر', run: 'حساب الأجل' } : { try: 'Voir l’effet', run: 'Calculer l’échéance' };
    const { page } = await browser.open({ language, person: coordinator, width: DESKTOP });
    await page.goto('/desk/admin/policies');
    await page.locator('.rl-list li').nth(1).locator('a').click();
    await page.locator('.rl-list li:nth-child(2).on').waitFor();
    await page.locator('.rl-targets .rl-minutes input').nth(8).fill('1');
    await page.getByRole('button', { name: word.try }).click();
    await page.locator('.rl-big').first().waitFor();
    await page.locator('.rl-side').getByRole('button', { name: word.run }).click();
    await page.locator('.rl-steps').first().waitFor();
    await shootBody(page, `rules-policies-${language}`);
    await page.context().close();
    const { page: read } = await browser.open({ language, person: supervisor, width: DESKTOP });
    await read.goto('/desk/admin/policies');
    await read.locator('.rl-read').waitFor();
    await shoot(read, `rules-policies-read-${language}`);
    await read.context().close();
  });

  it.each(LANGUAGES)('routing, queues and skills in %s', async (language) => {
    const { page } = await browser.open({ language, person: supervisor, width: DESKTOP });
    await page.goto('/desk/admin/routing');
    await page.locator('.rl-rule').nth(3).waitFor();
    await page.locator('.rl-rule').nth(3).locator('.rl-order button').nth(1).click();
    await page.locator('.rl-rule').nth(3).locator('button[aria-expanded]').click();
    await page.locator('.rl-rule-form select').nth(1).waitFor();
    await page.locator('.rl-rule-form > .field select').selectOption('LEGAL');
    await page.locator('.rl-side .btn').first().click();
    await page.locator('.rl-big').first().waitFor();
    await shootBody(page, `rules-routing-${language}`);
    await page.goto('/desk/admin/queues');
    await page.locator('.tbl').nth(1).waitFor();
    await shootBody(page, `rules-queues-${language}`);
    await page.locator('.tbl').first().locator('button').first().click();
    await page.locator('[role=dialog] .rl-twins').first().waitFor();
    await shoot(page, `rules-queue-${language}`);
    await page.goto('/desk/admin/skills');
    await page.locator('.tbl').nth(1).waitFor();
    await shootBody(page, `rules-skills-${language}`);
    await page.context().close();
  });

  it.each(LANGUAGES)('calendars in %s', async (language) => {
    const { page } = await browser.open({ language, person: coordinator, width: DESKTOP });
    await page.goto('/desk/admin/calendars');
    await page.locator('.rl-week').waitFor();
    await shootBody(page, `rules-calendars-${language}`);
    await page.locator('.pane > .body button[aria-expanded=false]').first().click();
    await page.locator('.rl-day .rl-interval').first().waitFor();
    await page.locator('.rl-day').nth(4).locator('.rl-interval input').nth(1).fill('11:30');
    await page.locator('.rl-side .rl-foot button').first().click();
    await page.locator('.rl-big').first().waitFor();
    await shootBody(page, `rules-calendar-editor-${language}`);
    await page.context().close();
  });

  /** The whole of a page whose body scrolls. */
  async function shootBody(page: Parameters<typeof shoot>[0], name: string): Promise<void> {
    const height = await page.locator('.pane > .body').evaluate((body) => body.scrollHeight + 100);
    await page.setViewportSize({ width: DESKTOP, height: Math.max(900, Math.min(height, 4000)) });
    await shoot(page, name);
  }
});
