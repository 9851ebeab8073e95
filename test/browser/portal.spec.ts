import { TestApp } from '../support/app';
import {
  LANGUAGES,
  PHONE,
  TestBrowser,
  axeFindings,
  buildScreens,
  describeInBrowser,
  glyphsOf,
  overflowOf,
  smallTargets,
  type Screen,
} from '../support/browser';
import type { TestPerson } from '../support/world';

const QUESTION =
  'رفضت الملحقة الإدارية تسلم ملف التصريح شفويا. ماذا نفعل؟\nرقم الهاتف 06 61 23 45 67 والمرجع MS-26-004217-8.\nLe caïd a dit : revenez le 23/11/2026.';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

describeInBrowser('the portal', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let agent: TestPerson;
  let manager: TestPerson;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    agent = await app.world.staff('FM', 'agent');
    manager = await app.world.person(await app.world.association('FM', 'MA-FES', 'Association Atlas'), 'manager');
    await app.world.client.query(`update hub set phone = '+212523600001' where code = 'FM'`);
  }, 120_000);
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  /** Asks without an account, as far as the page that says it is sent. */
  async function ask({ page }: Screen, language: string): Promise<{ reference: string; code: string }> {
    await page.goto(`/${language}/`);
    await page.fill('#question', QUESTION.slice(0, 30));
    await page.click('.ask-box button');
    await page.fill('#body', QUESTION);
    await page.setInputFiles('input[type=file]', { name: 'محضر.pdf', mimeType: 'application/pdf', buffer: PDF });
    await page.locator('.files li').waitFor();
    await page.click('.act button');
    await page.selectOption('#place', 'MA-FES');
    await page.locator('.tile').first().click();
    await page.locator('.opt').nth(3).click(); // an answer that needs no second reader
    await page.click('.act button');
    await page.locator('.act-promise').waitFor();
    await page.locator('.opt').nth(2).click();
    await page.click('.act button');
    await page.locator('.big-code').first().waitFor();
    const [reference, code] = await page.locator('.big-code').allTextContents();
    return { reference, code };
  }

  it('asks in Arabic on a telephone, follows elsewhere with reference and code, answers and is settled', async () => {
    const asking = await browser.open({ language: 'ar' });
    const { reference, code } = await ask(asking, 'ar');
    expect(asking.faults).toEqual([]);

    const { page, faults } = await browser.open({ language: 'ar' });
    await page.goto('/ar/follow');
    await page.fill('#reference', reference.toLowerCase().replaceAll('-', ' '));
    await page.fill('#code', 'WRONG234');
    await page.click('button[type=submit]');
    await page.locator('[role=alert]').waitFor();
    await page.fill('#code', code);
    await page.click('button[type=submit]');
    await page.locator('.thread').waitFor();
    expect(await page.locator('.msg p[dir]').evaluateAll((all) => all.map((one) => one.getAttribute('dir')))).toEqual([
      'rtl',
      'rtl',
      'ltr',
    ]);
    const download = page.waitForEvent('download');
    await page.click('.msg .file');
    expect((await download).suggestedFilename()).toBe('محضر.pdf');

    const { body: ticket } = await app.as(agent, 'get', `/tickets/${reference}`).expect(200);
    await app.write(agent, ticket.id, { body: 'يمكنكم تكليف مفوض قضائي بالإيداع.', outcome: 'answered' }).expect(201);
    await page.reload();
    await page.locator('.msg.in').waitFor();
    await page.fill('#reply', 'شكرا جزيلا');
    await page.reload();
    expect(await page.inputValue('#reply')).toBe('شكرا جزيلا'); // what was typed outlives the page
    await page.click('.go');
    await page.locator('.sent-note').waitFor();
    await app.write(agent, ticket.id, { body: 'العفو.', outcome: 'answered' }).expect(201);
    await page.reload();
    await page.locator('#solved').waitFor();
    await page.locator('.choices button').click();
    await page.locator('.vt li').nth(3).and(page.locator('.now')).waitFor();
    await page.locator('.stars label').nth(3).click();
    await page.locator('.pills label').first().click();
    await page.click('.rating button');
    await page.locator('.rating .sent-note').waitFor();
    const { body: opinion } = await app.as(agent, 'get', `/tickets/${ticket.id}/rating`).expect(200);
    expect(opinion.rating).toMatchObject({ score: 4, reason: 'clear' });
    expect(faults).toEqual([]);
  });

  it('shows phones, references, times and dates in the right order in Arabic', async () => {
    const screen = await browser.open({ language: 'ar' });
    const { page } = screen;
    const { reference } = await ask(screen, 'ar');
    const kept = (await page.locator('.due-date').textContent())!;
    expect(await glyphsOf(page, '.big-code')).toBe(reference);
    expect(await glyphsOf(page, '.due-date')).toContain(/\d\d:\d\d$/.exec(kept.trim())![0]);
    await page.goto(`/ar/r/${reference}`);
    await page.locator('.thread').waitFor();
    expect(await glyphsOf(page, '.request-head')).toContain(reference);
    const said = await glyphsOf(page, '.msg .user-text');
    expect(said).toContain('06 61 23 45 67');
    expect(said).toContain('MS-26-004217-8');
    expect(said).toContain('23/11/2026.');
    await page.goto('/ar/hubs');
    await page.selectOption('#place', 'MA-FES');
    expect(await glyphsOf(page, 'a.big[href^="tel:"]')).toBe('05 23 60 00 01');
    expect(await glyphsOf(page, '.hours .span')).toMatch(/^12:30 .* 08:30 /); // the first hour stands at the right
    await page.goto('/ar/');
    expect(await glyphsOf(page, '.open a')).toBe('05 23 60 00 01');
  });

  const PAGES = [
    '/',
    '/ask',
    '/callback',
    '/follow',
    '/sign-in',
    '/invitation',
    '/my',
    '/hubs',
    '/data',
    '/sent',
    '/nowhere',
  ];
  it.each(LANGUAGES)('has no finding on any page in %s: axe, overflow, small targets, faults', async (language) => {
    const { page, faults } = await browser.open({ language, dark: language === 'ar' });
    await page.goto(`/${language}/`);
    expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
    for (const path of PAGES) {
      await page.goto(`/${language}${path}`);
      await page.locator('h1').waitFor();
      if (path === '/hubs') await page.selectOption('#place', 'MA-FES');
      expect({
        path,
        axe: await axeFindings(page),
        wider: await overflowOf(page),
        small: await smallTargets(page, 44),
      }).toEqual({
        path,
        axe: [],
        wider: 0,
        small: [],
      });
    }
    expect(faults).toEqual([]);
  });

  it.each(LANGUAGES)('has no finding on the pages of a request and an association in %s', async (language) => {
    const { body: ticket } = await app.ask(manager, { body: QUESTION }).expect(201);
    await app.write(agent, ticket.id, { body: 'Bonjour,\nيرجى إرسال المحضر.', outcome: 'pending' }).expect(201);
    const { page, faults } = await browser.open({ language, person: manager, width: PHONE, dark: language === 'ar' });
    await page.addInitScript(() => localStorage.setItem('sanad.signedIn', 'true'));
    for (const path of [`/r/${ticket.reference}`, '/my', '/association']) {
      await page.goto(`/${language}${path}`);
      await page.locator('.thread, .lines a, .facts').first().waitFor();
      expect({
        path,
        axe: await axeFindings(page),
        wider: await overflowOf(page),
        small: await smallTargets(page, 44),
      }).toEqual({
        path,
        axe: [],
        wider: 0,
        small: [],
      });
    }
    expect(faults).toEqual([]);
  });

  it('a manager asks somebody in, who accepts and is a member until the manager ends it', async () => {
    const manages = await app.world.person(
      await app.world.association('FM', 'MA-FES', 'Association Ifoulki'),
      'manager',
    );
    const { page, faults } = await browser.open({ language: 'ar', person: manages });
    await page.addInitScript(() => localStorage.setItem('sanad.signedIn', 'true'));
    await page.goto('/ar/association');
    const form = page.locator('form', { has: page.locator('#invited-email') });
    await form.locator('button[type=submit]').click();
    await form.locator('.field-problem').nth(1).waitFor();
    const email = 'hind.invitee@test.example.org';
    await page.fill('#invited-name', 'Hind Ouazzani');
    await page.fill('#invited-email', email);
    await form.locator('button[type=submit]').click();
    await page.locator('.people li', { hasText: email }).waitFor();
    expect({
      axe: await axeFindings(page),
      wider: await overflowOf(page),
      small: await smallTargets(page, 44),
    }).toEqual({
      axe: [],
      wider: 0,
      small: [],
    });
    const { rows } = await app.world.client.query('select text from mail_message where to_address = $1', [email]);
    const guest = await browser.open({ language: 'ar' });
    await guest.page.goto(/\/ar\/invitation#token=\S+/.exec(rows[0].text)![0]);
    await guest.page.fill('#password', 'Une phrase assez longue 26');
    await guest.page.click('button[type=submit]');
    await guest.page.getByText('Hind Ouazzani').waitFor();
    await page.reload();
    const line = page.locator('.member', { hasText: 'Hind Ouazzani' });
    await line.locator('.small').click();
    await line.locator('.big.p').click();
    await line.waitFor({ state: 'detached' });
    await guest.page.goto('/ar/association');
    await guest.page.locator('#email').waitFor(); // signed out with the mandate
    expect([...faults, ...guest.faults]).toEqual([]);
    for (const { context } of [guest, { context: page.context() }]) await context.close();
  });

  it('keeps the place and the question when the language changes, and the step when one goes back', async () => {
    const { page } = await browser.open({ language: 'fr' });
    await page.goto('/fr/ask');
    await page.fill('#body', 'Comment renouveler le bureau ?');
    await page.click('.act button');
    await page.selectOption('#place', 'MA-FES');
    await page.goBack();
    expect(await page.inputValue('#body')).toBe('Comment renouveler le bureau ?');
    await page.goto('/ar/ask?step=2');
    expect(await page.inputValue('#place')).toBe('MA-FES');
    await page.goto('/fr/hubs?x=1');
    await page.locator('.bar .lang').click();
    await page.waitForURL('**/ar/hubs?x=1');
    expect((await page.context().cookies()).find((cookie) => cookie.name === 'sanad_lang')?.value).toBe('ar');
  });

  it.each(LANGUAGES)('shows itself as the hub that answers: colours, picture and greeting (%s)', async (language) => {
    const head = await app.world.staff('MS', 'supervisor', []);
    const path = `/hubs/${app.world.hubs.MS}/branding`;
    const { body: before } = await app.as(null, 'get', path).expect(200);
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z" fill="#767676"/></svg>';
    const { nameFr, nameAr, phone } = before;
    const own = { accent: '#767676', greetingFr: 'Le pôle vous écoute.', greetingAr: 'القطب في خدمتكم.' }; // the lightest grey that carries white
    const logo = { mediaType: 'image/svg+xml', data: Buffer.from(svg).toString('base64') };
    await app
      .as(head, 'put', path)
      .set('if-match', `"v${before.version}"`)
      .send({ nameFr, nameAr, phone, ...own, logo })
      .expect(200);
    const { page, faults } = await browser.open({ language });
    const colourOf = (selector: string) =>
      page.locator(selector).evaluate((one) => getComputedStyle(one).backgroundColor);
    await page.goto(`/${language}/hubs`);
    await page.selectOption('#place', 'MA-HAO');
    await page.locator('.bar .logo').waitFor(); // at once, without a new page
    await page.goto(`/${language}/`);
    await page.getByText(language === 'ar' ? own.greetingAr : own.greetingFr).waitFor();
    expect(await colourOf('.hero')).toMatch(/^rgb\((\d+), \1, \1\)$/); // a shade of the grey
    expect(await page.evaluate(() => document.documentElement.style.getPropertyValue('--brand'))).toBe(own.accent);
    expect(await page.locator('.bar .logo').evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);
    if (language === 'ar') await page.emulateMedia({ colorScheme: 'dark' });
    for (const shown of ['/', '/hubs', '/ask']) {
      await page.goto(`/${language}${shown}`);
      await page.locator('h1').waitFor();
      expect({ shown, axe: await axeFindings(page) }).toEqual({ shown, axe: [] });
    }
    await page.goto(`/${language}/hubs`);
    await page.selectOption('#place', 'MA-FES');
    await page.locator('.bar .mark').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('sends once what was sent without a connection, and shows the last known state', async () => {
    const screen = await browser.open({ language: 'fr' });
    const { page, context } = screen;
    const { reference } = await ask(screen, 'fr');
    await page.goto(`/fr/r/${reference}`);
    await page.locator('.thread').waitFor();
    await page.fill('#reply', 'Nous attendons votre réponse.');
    await context.setOffline(true);
    await page.click('.go');
    await page.locator('[role=alert]').waitFor();
    expect(await page.inputValue('#reply')).toBe('Nous attendons votre réponse.');
    await context.setOffline(false);
    await page.click('.go');
    await page.locator('.sent-note').waitFor();
    await page.locator('.msg.out').nth(1).waitFor();
    await page.reload();
    await page.locator('.thread').waitFor();
    expect(await page.locator('.msg.out').count()).toBe(2);
  });

  it('a load that fails can be tried again: the whole site, and a page of it', async () => {
    const { page } = await browser.open({ language: 'ar' });
    const scripts = '**/portal/assets/*.js';
    await page.route(scripts, (route) => route.abort());
    await page.goto('/ar/hubs?x=1');
    await page.unroute(scripts);
    await page.locator('.slow a').click();
    await page.selectOption('#place', 'MA-FES');
    expect(page.url()).toContain('/ar/hubs?x=1'); // the same place
    const asking = '**/portal/assets/ask-*.js';
    await page.route(asking, (route) => route.abort());
    await page.goto('/ar/ask');
    const again = page.locator('[role=alert] button');
    await again.waitFor();
    await page.unroute(asking);
    await again.click();
    await page.locator('#body').waitFor();
    await page.context().close();
  });

  it('shows its heading within 3 s on a slow connection and a slow telephone', async () => {
    const times: number[] = [];
    for (let tries = 0; tries < 3 && !times.some((ms) => ms <= 3_000); tries++) {
      const { page, context } = await browser.open({ language: 'fr' });
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 400,
        downloadThroughput: 400_000 / 8,
        uploadThroughput: 400_000 / 8,
      });
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await page.goto('/fr/', { waitUntil: 'commit' });
      await page.locator('h1').waitFor();
      times.push(await page.evaluate(() => performance.now()));
      await context.close();
    }
    expect(Math.min(...times)).toBeLessThanOrEqual(3_000);
  });

  it('leads / to the language that the browser asks for, and says when a file is not there', async () => {
    const answer = await fetch(`${app.url}/`, { redirect: 'manual', headers: { 'accept-language': 'en;q=0.5,ar-MA' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/ar/']);
    const page = await fetch(`${app.url}/fr/`);
    expect(page.headers.get('content-security-policy')).toMatch(
      /script-src 'self';.*require-trusted-types-for 'script'/,
    );
    const again = await fetch(`${app.url}/fr/`, { headers: { 'if-none-match': page.headers.get('etag')! } });
    expect(again.status).toBe(304);
    expect((await fetch(`${app.url}/portal/assets/..%2f..%2fpackage.json`)).status).toBe(404);
  });
});
