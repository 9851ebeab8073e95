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
  overflowOf,
} from '../support/browser';
import { phoneHub, post, type PhoneHub } from '../support/phone';
import type { TestPerson } from '../support/world';

const FROM = '212685019001';
const MISSED = '212685019002';
const SHARED = '212685019003';
const NOTE = 'يسأل عن الوصل النهائي.';

describeInBrowser('the telephone', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let hub: PhoneHub;
  let agent: TestPerson;
  let ticket: { id: string; reference: string };

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    hub = await phoneHub(app, 'FM');
    agent = await app.world.staff('FM', 'agent', [], true);
    await app
      .as(hub.supervisor, 'put', `/hubs/${hub.hubId}/telephony/agents/${agent.accountId}`)
      .send({ names: [{ kind: 'displayName', value: 'Samira B.' }] })
      .expect(200);
    const associationId = await app.world.association('FM', 'MA-FES');
    const contactId = await contact(`+${FROM}`, 'Khadija Alaoui', associationId);
    ticket = (await app.ask(agent, { contactId, associationId, channel: 'phone' }).expect(201)).body;
  }, 120_000);
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  const contact = async (phone: string, name: string, associationId?: string): Promise<string> =>
    (
      await app
        .as(agent, 'post', '/contacts')
        .send({ name, phones: [phone], associationId })
        .expect(201)
    ).body.id;
  const tell = (callId: string, from: string, event: string, more: object = {}) =>
    post(app, hub.token, { event, direction: 'in', from, to: '212523600100', callId, ...more }).expect(200);
  const panel = (page: Page) => page.locator('.callp');

  it('a call is taken from its first ring to its wrap-up, over screens, in one tab', async () => {
    const { page, context, faults } = await browser.open({ language: 'ar', person: agent, width: DESKTOP });
    await page.goto(`/desk/inbox/hub?ticket=${ticket.reference}`);
    await page.locator('textarea.ed').fill('نص قيد الكتابة');
    await page.locator('.ch1').waitFor();
    await tell('ring-1', FROM, 'newCall', { user: ['Samira B.'] });
    await panel(page).getByText('Khadija Alaoui').waitFor();
    // It takes no focus, and covers nothing of what is being written.
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('ed');
    const [editor, docked] = [await page.locator('textarea.ed').boundingBox(), await panel(page).boundingBox()];
    expect(docked!.x + docked!.width).toBeLessThanOrEqual(editor!.x);
    expect(await axeFindings(page)).toEqual([]);
    // By keyboard alone: to the panel, take it.
    await page.keyboard.press('Control+.');
    await page.keyboard.press('Enter');
    await tell('ring-1', FROM, 'answer', { user: ['Samira B.'] });
    await panel(page).getByText('على الخط').waitFor();
    await panel(page).getByRole('button', { name: 'ربط المكالمة' }).click();
    await panel(page).getByText('مربوط', { exact: true }).waitFor();
    await panel(page).locator('.callp-note').fill(NOTE);
    await page.goto('/desk/calls');
    await page.locator('.tbl').waitFor();
    expect(await panel(page).locator('.callp-note').inputValue()).toBe(NOTE);
    await tell('ring-1', FROM, 'hangup', { cause: 'normalClearing' });
    await panel(page).getByText('انتهت المكالمة', { exact: false }).waitFor();
    await panel(page).locator('.callp-note').press('Control+Enter');
    await panel(page).waitFor({ state: 'detached' });
    const { body } = await app.as(agent, 'get', `/tickets/${ticket.id}/messages`).expect(200);
    expect(body.items.map((one: { body: string }) => one.body)).toContain(NOTE);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('a number of several shows a choice, and no case before a check', async () => {
    const first = await contact(`+${SHARED}`, 'Amina');
    await contact(`+${SHARED}`, 'Hassan');
    await app.ask(agent, { contactId: first, placeCode: 'MA-FES', subject: 'Dossier réservé' }).expect(201);
    const { page, context } = await browser.open({ language: 'fr', person: agent, width: DESKTOP });
    await page.goto('/desk/callbacks');
    await tell('ring-2', SHARED, 'newCall', { user: ['Samira B.'] });
    await panel(page).getByRole('button', { name: 'Prendre l’appel' }).click();
    await panel(page).getByText('Plusieurs personnes utilisent ce numéro', { exact: false }).waitFor();
    expect(await panel(page).getByText('Dossier réservé').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await panel(page).getByRole('radio').first().waitFor();
    await panel(page).getByText('Amina').click();
    await panel(page).getByRole('checkbox').first().check();
    await panel(page).getByRole('button', { name: 'Confirmer l’identité' }).click();
    await panel(page).getByText('Dossier réservé').waitFor();
    await tell('ring-2', SHARED, 'hangup', { cause: 'cancel' });
    await panel(page).getByRole('button', { name: 'Terminer' }).click();
    await panel(page).waitFor({ state: 'detached' });
    await context.close();
  });

  it('a missed call is owed, called and kept', async () => {
    await tell('ring-3', MISSED, 'newCall');
    await tell('ring-3', MISSED, 'hangup', { cause: 'cancel' });
    const { page, context, faults } = await browser.open({ language: 'fr', person: agent, width: DESKTOP });
    await page.goto('/desk/callbacks');
    await page.getByRole('button', { name: /Ouvrir.*06.85.01.90.02/ }).click();
    await page.getByRole('button', { name: 'J’appelle maintenant' }).click();
    await page.getByRole('button', { name: 'Joint', exact: true }).click();
    await page.locator('.facts').getByText('Joint').waitFor();
    const { body } = await app.as(agent, 'get', '/callbacks?state=reached').expect(200);
    expect(body.items).toMatchObject([{ number: `+${MISSED}`, state: 'reached', promise: 'met' }]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('a call is written down by keyboard alone', async () => {
    const { page, context } = await browser.open({ language: 'fr', person: agent, width: DESKTOP });
    await page.goto('/desk/calls');
    await page.locator('.tbl').waitFor();
    await page.keyboard.press('l');
    await page.getByRole('textbox', { name: 'Numéro' }).last().waitFor();
    await page.keyboard.type('06 85 01 90 04');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Horaires du pôle.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.tbl').getByText('06 85 01 90 04').waitFor();
    await context.close();
  });

  it.each(LANGUAGES)('is asked for on the portal in %s: read back, promised, withdrawn', async (language) => {
    const { page, context, faults } = await browser.open({ language, width: PHONE });
    await page.goto(`/${language}/callback`);
    await page.locator('#place').selectOption('MA-FES');
    await page.locator('#phone').fill(language === 'ar' ? '0685019011' : '0685019012');
    await page.getByText(language === 'ar' ? 'صفر ستة' : 'zéro six', { exact: false }).waitFor();
    await page.locator('input[name=slot]').nth(1).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await page.locator('button[type=submit]').click();
    await page.locator('.done-mark').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.reload();
    await page.locator('.done-mark').waitFor();
    await page.locator('.big.q').click();
    await page.locator('#phone').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it.each(LANGUAGES)('has no finding of axe in %s on the screens of calls', async (language) => {
    const routes: [TestPerson, string, string][] = [
      [agent, '/desk/calls', '.tbl'],
      [agent, '/desk/callbacks?state=reached', '.calls-filters'],
      [hub.supervisor, '/desk/sup/calls', '.figure'],
      [hub.supervisor, `/desk/admin/telephony?events=${hub.integrationId}`, '.calls-raw'],
      [
        hub.supervisor,
        '/desk/sup/wall',
        '[aria-label="' + (language === 'ar' ? 'مكالمات اليوم' : 'Appels du jour') + '"] .wt',
      ],
    ];
    for (const [person, route, shown] of routes) {
      const { page, context, faults } = await browser.open({ language, person, width: DESKTOP });
      await page.goto(route);
      await page.locator(shown).first().waitFor();
      expect({ route, found: await axeFindings(page), faults }).toEqual({ route, found: [], faults: [] });
      await page.setViewportSize({ width: PHONE, height: 740 });
      expect({ route, overflow: await overflowOf(page) }).toEqual({ route, overflow: 0 });
      await context.close();
    }
  });
});
