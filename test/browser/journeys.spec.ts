import type { Page } from 'playwright-core';
import { TestApp } from '../support/app';
import {
  DESKTOP,
  LANGUAGES,
  PHONE,
  TestBrowser,
  axeFindings,
  buildScreens,
  describeInBrowser,
  type ScreenLanguage,
  tour,
  type Stop,
} from '../support/browser';
import { PASSWORD, type TestPerson } from '../support/world';

const WORDS = {
  fr: {
    question: 'Le guichet refuse notre dossier. Comment prouver que nous l’avons déposé ?',
    answer: 'Un huissier de justice peut déposer le dossier, et son procès-verbal prouve la date.',
    accept: 'Accepter',
  },
  ar: {
    question: 'رفضت الملحقة الإدارية تسلم ملفنا. كيف نثبت أننا أودعناه؟',
    answer: 'يمكنكم تكليف مفوض قضائي بإيداع الملف، ومحضره يثبت تاريخ الإيداع.',
    accept: 'قبول',
  },
} as const;

describeInBrowser('journeys', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let member: TestPerson;
  let agent: TestPerson;
  let supervisor: TestPerson;
  let coordinator: TestPerson;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    // In Fès-Meknès work is offered; in Marrakech-Safi nobody writes a language, so that tickets stay where a test puts them.
    await app.world.client.query(
      `update setting set value = '{"default": "least_load", "hubs": {"FM": "offers"}}' where key = 'assignment_mode'`,
    );
    member = await app.world.person(await app.world.association('MS', 'MA-HAO', 'Association Atlas'), 'member');
    agent = await app.world.staff('FM', 'agent', [], true);
    await app.world.client.query(
      'insert into agent_skill (account_id, hub_id, skill_code, level) select $1, $2, code, 3 from skill',
      [agent.accountId, app.world.hubs.FM],
    );
    supervisor = await app.world.staff('FM', 'supervisor', []);
    coordinator = await app.world.coordinator();
  }, 120_000);
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  /** A place of Fès-Meknès, three steps, no account; answers the reference. */
  async function ask(page: Page, language: ScreenLanguage): Promise<string> {
    await page.goto(`/${language}/ask`);
    await page.fill('#body', WORDS[language].question);
    await page.click('.act button');
    await page.selectOption('#place', 'MA-FES');
    await page.locator('.tile').first().click();
    await page.locator('.opt').nth(3).click();
    await page.click('.act button');
    await page.locator('.act-promise').waitFor();
    await page.locator('.opt').nth(2).click();
    await page.click('.act button');
    await page.locator('.big-code').first().waitFor();
    return (await page.locator('.big-code').first().textContent())!;
  }

  const tile = (page: Page, at: number) => page.locator('.wt .v').nth(at);

  it.each(LANGUAGES)(
    'asked in %s on a telephone, offered, answered and rated, with the wall in sight',
    async (language) => {
      const words = WORDS[language];
      const { page: wall } = await browser.open({ language, person: supervisor, width: DESKTOP });
      await wall.goto('/desk/sup/wall');
      await tile(wall, 0).filter({ hasText: /^0$/ }).waitFor();
      const { page: desk, faults } = await browser.open({ language, person: agent, width: DESKTOP });
      await desk.goto('/desk/work');
      await app.as(agent, 'put', '/me/presence').send({ presence: 'available' }).expect(200);
      const { page: portal } = await browser.open({ language, width: PHONE });
      const reference = await ask(portal, language);
      await tile(wall, 0).filter({ hasText: /^1$/ }).waitFor();
      await desk.locator('.offer').waitFor();
      await desk.locator('.offer').getByRole('button', { name: words.accept, exact: true }).click();
      await desk.locator('.bub', { hasText: words.question }).waitFor();
      await tile(wall, 0).filter({ hasText: /^0$/ }).waitFor();
      await desk.locator('textarea.ed').fill(words.answer);
      await desk.keyboard.press('Control+Enter');
      await desk.locator('.msg.out', { hasText: words.answer }).waitFor({ timeout: 30_000 });
      await portal.goto(`/${language}/r/${reference}`);
      await portal.locator('.msg.in', { hasText: words.answer }).waitFor();
      await portal.locator('.choices button').click();
      await portal.locator('.stars label').nth(4).click();
      await portal.locator('.rating button').click();
      await portal.locator('.rating .sent-note').waitFor();
      await wall.goto('/desk/sup/ratings');
      await wall.getByText(reference).first().waitFor();
      expect(faults).toEqual([]);
      await app.as(agent, 'put', '/me/presence').send({ presence: 'offline' }).expect(200);
      for (const page of [wall, desk, portal]) await page.context().close();
    },
  );

  it('a supervisor gives a ticket to somebody else from the wall, and both desks see it', async () => {
    const [first, second] = [await app.world.staff('MS', 'agent', []), await app.world.staff('MS', 'agent', [])];
    await app.world.client.query('update account set name = $2 where id = $1', [second.accountId, 'Zineb Naciri']);
    const boss = await app.world.staff('MS', 'supervisor', []);
    for (const one of [first, second])
      await app.as(one, 'put', '/me/presence').send({ presence: 'available' }).expect(200);
    const { body: ticket } = await app.ask(member, { subject: 'À réattribuer' }).expect(201);
    await app
      .as(first, 'put', `/tickets/${ticket.id}/assignment`)
      .set('if-match', `"v${ticket.version}"`)
      .send({ assigneeId: 'me' })
      .expect(200);
    const { page: theirs } = await browser.open({ language: 'ar', person: second, width: DESKTOP });
    await theirs.goto('/desk/inbox/mine');
    await theirs.locator('.empty').first().waitFor();
    const { page: wall, faults } = await browser.open({ language: 'fr', person: boss, width: DESKTOP });
    await wall.goto('/desk/sup/wall');
    const row = wall.locator('.nb', { hasText: ticket.reference });
    await row.locator('button').click();
    await wall.getByRole('menuitem', { name: 'Zineb Naciri' }).click();
    await row.getByRole('button', { name: /Zineb Naciri/ }).waitFor();
    await theirs.getByText(ticket.reference).first().waitFor();
    expect(faults).toEqual([]);
    for (const page of [wall, theirs]) await page.context().close();
  });

  it.each(LANGUAGES)(
    'a figure of a queue opens its list, and all of the wall hangs on one screen (%s)',
    async (language) => {
      const boss = await app.world.staff('MS', 'supervisor', []);
      for (let at = 0; at < 6; at++) await app.ask(member, { subject: `Sur le mur ${at}` }).expect(201);
      const { page, faults } = await browser.open({ language, person: boss, width: DESKTOP });
      await page.goto('/desk/sup/wall');
      const cell = page
        .locator('.hm tbody tr')
        .filter({ has: page.locator('.c a') })
        .first();
      const waiting = cell.locator('.c').first().locator('a');
      await waiting.waitFor();
      const count = Number(await waiting.textContent());
      expect(count).toBeGreaterThan(0);
      const queue = (await cell.locator('th').textContent())!;
      await waiting.click();
      await page.waitForURL(/inbox\/waiting\?.*queueId=/);
      await page.locator('.lf', { hasText: queue }).waitFor();
      await page
        .locator('.lr')
        .nth(count - 1)
        .waitFor();
      const { searchParams } = new URL(page.url());
      const path = `/tickets?assignee=none&status=new,open&limit=100&queueId=${searchParams.get('queueId')}`;
      expect((await app.as(boss, 'get', path).expect(200)).body.items).toHaveLength(count);
      await page.goto('/desk/sup/wall?tv=1');
      await page.locator('.tv .nb').nth(5).waitFor();
      const higher = await page.locator('.tv').evaluate((tv) => tv.scrollHeight - tv.clientHeight);
      const cut = await page
        .locator('.tv .wt, .tv .nb, .tv .card')
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
            .map((one) => one.textContent),
        );
      expect({ higher, cut }).toEqual({ higher: 0, cut: [] });
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  it('a question by telephone is written down by keyboard alone, with its promise said before', async () => {
    const { page, faults } = await browser.open({ language: 'fr', person: supervisor, width: DESKTOP });
    await page.goto('/desk/inbox/mine');
    await page.locator('.lp, .empty').first().waitFor();
    await page.keyboard.press('c');
    await page.locator('.intake input:focus').waitFor();
    await page.locator('.intake optgroup option').first().waitFor({ state: 'attached' });
    const { keyboard } = page;
    const typed = async (text: string) => {
      await keyboard.press('Tab');
      await keyboard.insertText(text);
    };
    await typed('introuvable');
    await keyboard.press('Tab');
    await keyboard.type('Ifrane');
    await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    await typed('Le représentant d’une association se plaint');
    await typed('On nous refuse le récépissé. Que faire ?');
    await keyboard.press('Tab');
    await keyboard.type('Tenue de la c');
    await page.locator('.intake-side .promised').waitFor();
    await page.reload();
    await page.locator('.intake-side .promised').waitFor(); // what was written outlives the page
    await keyboard.press('Control+Enter');
    await page.locator('.made .told').nth(1).waitFor();
    const [reference, code] = await page.locator('.made .told').allTextContents();
    expect(code).toMatch(/^[A-Z0-9-]{8,}$/);
    const { body: ticket } = await app.as(supervisor, 'get', `/tickets/${reference}`).expect(200);
    expect(ticket).toMatchObject({ channel: 'phone', requester: null, language: 'fr' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('messages are split off into a ticket of their own, and go back', async () => {
    const boss = await app.world.staff('MS', 'supervisor', []);
    const { body: ticket } = await app.ask(member, { subject: 'Deux questions' }).expect(201);
    await app.write(member, ticket.id, { body: 'Autre chose : comment changer de banque ?' }).expect(201);
    const { page, faults } = await browser.open({ language: 'fr', person: boss, width: DESKTOP });
    await page.goto(`/desk/t/${ticket.reference}`);
    await page.locator('.bub').nth(1).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Séparer');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: /changer de banque/ }).check();
    await page.getByLabel('Objet du nouveau dossier').fill('Changement de banque');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    await page.getByRole('heading', { name: 'Changement de banque' }).waitFor();
    await page.locator('.toast .act').click();
    await page.getByRole('heading', { name: 'Deux questions' }).waitFor();
    await app.until(async () => {
      const { body: relations } = await app.as(boss, 'get', `/tickets/${ticket.id}/relations`).expect(200);
      return relations.links.length === 1 && relations.links[0].ticket.status === 'closed';
    });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('what is typed outlives a session that ends and a browser that dies', async () => {
    const person = await app.world.staff('MS', 'agent', []);
    const { body: ticket } = await app.ask(member).expect(201);
    const { page, context } = await browser.open({ language: 'fr', person, width: DESKTOP });
    const box = (on: Page) => on.locator('textarea.ed');
    await page.goto(`/desk/t/${ticket.reference}`);
    await page.locator('.bub').first().waitFor();
    await app.world.client.query('update session set revoked_at = now() where account_id = $1', [person.accountId]);
    await box(page).fill('Une longue réponse');
    const again = page.getByRole('dialog');
    await again.locator('input[type=email]').fill(person.email);
    await again.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'hidden' });
    expect(await box(page).inputValue()).toBe('Une longue réponse');
    await box(page).fill('Une longue réponse, achevée');
    await app.until(async () => {
      const { rows } = await app.world.client.query('select text from draft where account_id = $1', [person.accountId]);
      return rows[0]?.text === 'Une longue réponse, achevée';
    });
    const devtools = await context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void devtools.send('Page.crash').catch(() => undefined);
    await crashed;
    const after = await context.newPage();
    await after.goto(`/desk/t/${ticket.reference}`);
    await after.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('textarea.ed')?.value === 'Une longue réponse, achevée',
    );
    await context.close();
  });

  it.each(LANGUAGES)('in %s the screens have no finding of axe, wide and narrow', async (language) => {
    const stops: Stop[] = [
      [supervisor, '/desk/new', '.intake'],
      [supervisor, '/desk/admin/branding', '.sample'],
      [supervisor, '/desk/sup/wall', '.wt'],
      [supervisor, '/desk/sup/reports', '.date-field'],
      [supervisor, '/desk/sup/ratings', '.figure'],
      [supervisor, '/desk/admin', '.admin-section'],
      [supervisor, '/desk/admin/people', '.tbl'],
      [supervisor, '/desk/admin/audit', '.sys-filters'],
      [supervisor, '/desk/admin/macros', '.sys-list'],
      [supervisor, '/desk/admin/mail-texts', '.sys-foot'],
      [coordinator, '/desk/admin/system', '.sys-card'],
      [coordinator, '/desk/admin/hubs', '.region'],
      [coordinator, '/desk/admin/categories', '.tbl'],
    ];
    await tour(browser, { language, dark: language === 'ar', stops }, async (page, route) => {
      if (route.endsWith('categories')) await page.locator('.search').fill('CRE');
    });
  });
});
