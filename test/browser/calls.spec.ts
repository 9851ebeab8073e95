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
  tour,
  type Screen,
  type Stop,
} from '../support/browser';
import { phoneHub, post, type PhoneHub } from '../support/phone';
import type { TestPerson } from '../support/world';

const FROM = '212685019001';
const MISSED = '212685019002';
const SHARED = '212685019003';
const UNKNOWN = '212685019005';
const OFFERED = '212685019006';
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
    await app
      .as(hub.supervisor, 'patch', `/hubs/${hub.hubId}/telephony`)
      .set('if-match', '"v2"')
      .send({ recording: true })
      .expect(200);
    const associationId = await app.world.association('FM', 'MA-FES');
    const contactId = await contact(`+${FROM}`, 'Khadija Alaoui', associationId);
    ticket = (await app.ask(agent, { contactId, associationId, channel: 'phone' }).expect(201)).body;
  }, 120_000);
  afterAll(async () => {
    await (await own)?.context.close();
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
  /** The agent's own window in French: opened once, because a new profile fetches the whole site. */
  let own: Promise<Screen> | null = null;
  const desk = (): Promise<Screen> => (own ??= browser.open({ language: 'fr', person: agent, width: DESKTOP }));

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
    const { page } = await desk();
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
  });

  it('an unknown caller: a question in one step, a consent taken back, a code, and the minute that is prolonged', async () => {
    const { page, faults } = await desk();
    await page.goto('/desk/callbacks');
    await page.locator('.calls-filters').waitFor();
    await tell('ring-4', UNKNOWN, 'newCall', { user: ['Samira B.'] });
    await panel(page).getByRole('button', { name: 'Prendre l’appel' }).click();
    await tell('ring-4', UNKNOWN, 'answer', { user: ['Samira B.'] });
    await panel(page).getByRole('button', { name: 'Nouveau dossier' }).click();
    await panel(page).getByLabel('Objet').fill('Récépissé attendu');
    await panel(page).getByRole('textbox', { name: 'La question' }).fill('Où est notre récépissé définitif ?');
    await panel(page).getByLabel('Nom de l’appelant', { exact: false }).fill('Brahim');
    await panel(page).getByLabel('Thème').selectOption('CRE.04');
    await panel(page).getByLabel('D’où vient la question').selectOption('MA-FES');
    expect(await axeFindings(page)).toEqual([]);
    await panel(page).getByRole('button', { name: 'Ouvrir le dossier' }).click();
    await panel(page).getByText('Rattaché').first().waitFor();
    await panel(page).getByText('Enregistrement de l’appel').click();
    await panel(page).getByRole('button', { name: 'Accepte', exact: true }).click();
    await panel(page).getByText('Accord donné').waitFor();
    await panel(page).getByRole('button', { name: 'Retirer l’accord' }).click();
    await panel(page).getByText('Accord retiré').waitFor();
    await tell('ring-4', UNKNOWN, 'hangup', { cause: 'normalClearing' });
    await panel(page).getByText('Appel terminé', { exact: false }).waitFor();
    const closing = panel(page).getByRole('button', { name: 'Se ferme dans', exact: false });
    await closing.click();
    await page.waitForFunction(
      () =>
        Number(
          /\d+/.exec(document.querySelector('.callp')?.textContent?.match(/Se ferme dans (\d+)/)?.[0] ?? '')?.[0],
        ) > 60,
    );
    await panel(page).getByLabel('Motif de clôture').selectOption('ticket');
    await panel(page).getByRole('button', { name: 'Terminer' }).click();
    await panel(page).waitFor({ state: 'detached' });
    const { body } = await app.as(agent, 'get', `/calls?phone=${encodeURIComponent(`+${UNKNOWN}`)}`).expect(200);
    expect(body.items).toMatchObject([{ wrapUpCode: 'ticket', reference: expect.any(String) }]);
    const { body: made } = await app.as(agent, 'get', `/calls/${body.items[0].id}`).expect(200);
    expect(made.consents).toMatchObject([{ state: 'granted', withdrawnAt: expect.any(String) }]);
    expect(faults).toEqual([]);
  });

  it('rings in one tab of several, and the next goes on when that one closes', async () => {
    const { page, context } = await browser.open({ language: 'fr', person: agent, width: DESKTOP });
    const other = await context.newPage();
    for (const tab of [page, other]) {
      await tab.goto('/desk/callbacks');
      await tab.locator('.calls-filters').waitFor();
    }
    await tell('ring-5', FROM, 'newCall', { user: ['Samira B.'] });
    for (const tab of [page, other]) await panel(tab).getByText('Khadija Alaoui').waitFor();
    const rings = (tab: Page) =>
      tab.evaluate(async () => {
        const { held = [], pending = [] } = await navigator.locks.query();
        const of = (locks: LockInfo[]) => locks.filter((one) => one.name === 'sanad.ring').length;
        return `${of(held)} of ${of(held) + of(pending)}`;
      });
    expect(await rings(other)).toBe('1 of 2');
    await page.close();
    await app.until(async () => (await rings(other)) === '1 of 1');
    await panel(other).getByRole('button', { name: 'Prendre l’appel' }).click();
    await app.until(async () => (await rings(other)) === '0 of 0');
    await tell('ring-5', FROM, 'hangup', { cause: 'cancel' });
    await panel(other).getByRole('button', { name: 'Terminer' }).click();
    await panel(other).waitFor({ state: 'detached' });
    await context.close();
  });

  it('our own engine offers a call: passed on by one, taken by the other, and nobody is asked where nothing is recorded', async () => {
    const theirs = await phoneHub(app, 'MS', {}, 'L3');
    const people = [await app.world.staff('MS', 'agent', [], true), await app.world.staff('MS', 'agent', [], true)];
    for (const [n, { accountId }] of people.entries()) {
      const path = `/hubs/${theirs.hubId}/telephony/agents/${accountId}`;
      const names = [{ kind: 'extension', value: `30${n}` }];
      await app.as(theirs.supervisor, 'put', path).send({ names }).expect(200);
    }
    const screens = await Promise.all(people.map((person) => browser.open({ language: 'fr', person, width: DESKTOP })));
    for (const [n, { page }] of screens.entries()) {
      await page.goto('/desk/callbacks');
      await app.as(people[n], 'put', '/me/presence').send({ presence: 'available' }).expect(200);
    }
    const said = (event: string, more: object = {}) =>
      post(app, theirs.token, { event, direction: 'in', from: OFFERED, to: '212523600100', callId: 'own-1', ...more }).expect(200); // prettier-ignore
    // The telephone system asks again and again whom to ring.
    const rung = (but?: string): Promise<string> =>
      app.until(async () => {
        const { body } = await said('newCall', { queue: 'PHONE' });
        return body.action === 'dial' && body.number !== but && (body.number as string);
      });
    const first = await rung();
    const [asked, other] = first === '300' ? screens : [...screens].reverse();
    await panel(asked.page).getByText('L’appel vous est proposé', { exact: false }).waitFor();
    expect(await panel(other.page).count()).toBe(0);
    expect(await axeFindings(asked.page)).toEqual([]);
    await panel(asked.page).getByRole('button', { name: 'Passer' }).click();
    await panel(asked.page).waitFor({ state: 'detached' });
    const second = await rung(first);
    await panel(other.page).getByRole('button', { name: 'Prendre l’appel' }).click();
    await panel(other.page).locator('.callp-note').waitFor();
    // Asked once more, it is told the telephone of whoever has accepted.
    expect(await rung()).toBe(second);
    await said('answer', { answeringNumber: second });
    await panel(other.page).getByText('En ligne').waitFor();
    expect(await panel(other.page).getByText('Enregistrement de l’appel').count()).toBe(0);
    await said('hangup', { cause: 'normalClearing' });
    await panel(other.page).getByRole('button', { name: 'Terminer' }).click();
    await panel(other.page).waitFor({ state: 'detached' });
    for (const { faults, context } of screens) {
      expect(faults).toEqual([]);
      await context.close();
    }
  });

  it('how the hub telephones: a system that is listened to, its token anew, a queue, a colleague’s telephone', async () => {
    const { page, context, faults } = await browser.open({ language: 'fr', person: hub.supervisor, width: DESKTOP });
    await page.goto('/desk/admin/telephony');
    await page.getByRole('button', { name: 'Ajouter un système' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom', { exact: true }).fill('Central');
    await dialog.getByLabel('Format des événements').selectOption('asterisk');
    await dialog.getByLabel('Hôte').fill('192.0.2.10');
    await dialog.getByLabel('Port').fill('5038');
    await dialog.getByLabel('Nom d’utilisateur').fill('sanad');
    await dialog.getByLabel('Mot de passe').fill('geheim-7');
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Ajouter', exact: true }).click();
    const token = dialog.getByLabel('Jeton');
    const first = await token.inputValue();
    await dialog.getByRole('button', { name: 'Fermer' }).first().click();
    await page.getByRole('button', { name: /Réglages de .*Central/ }).click();
    expect(await dialog.getByLabel('Hôte').inputValue()).toBe('192.0.2.10');
    expect(await dialog.getByLabel('Mot de passe').inputValue()).toBe('');
    await dialog.getByLabel('Numéros refusés').fill('06 85 01 90 99');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('row', { name: /Central/ })
      .getByRole('button', { name: 'Nouveau jeton' })
      .click();
    await token.waitFor();
    expect(await token.inputValue()).not.toBe(first);
    await dialog.getByRole('button', { name: 'Fermer' }).first().click();

    await page.getByRole('button', { name: /File .*PHONE/ }).click();
    await dialog.getByText('Le système téléphonique', { exact: true }).click();
    await dialog.getByLabel('Noms de la file', { exact: false }).fill('juridique\n600');
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page
      .getByRole('row', { name: /Samira B/ })
      .getByRole('button')
      .click();
    await dialog.getByRole('button', { name: 'Ajouter un poste' }).click();
    await dialog.getByLabel('Valeur').last().fill('204');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { body } = await app.as(hub.supervisor, 'get', `/hubs/${hub.hubId}/telephony`).expect(200);
    expect(body).toMatchObject({
      integrations: expect.arrayContaining([
        expect.objectContaining({
          name: 'Central',
          host: '192.0.2.10',
          port: 5038,
          signed: true,
          blocked: ['+212685019099'],
        }),
      ]),
      queues: expect.arrayContaining([
        expect.objectContaining({ queueCode: 'PHONE', distribution: 'pbx', refs: ['600', 'juridique'] }),
      ]),
      agents: expect.arrayContaining([expect.objectContaining({ kind: 'extension', value: '204' })]),
    });
    expect(JSON.stringify(body)).not.toContain('geheim-7');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('a callback is moved to another time, and the log asks by queue and by agent', async () => {
    await app.as(agent, 'post', '/callbacks').send({ phone: '0685019020', language: 'fr' }).expect(201);
    const { page, faults } = await desk();
    await page.goto('/desk/callbacks');
    await page.getByRole('button', { name: /Ouvrir.*06.85.01.90.20/ }).click();
    await page.getByRole('button', { name: 'Changer l’heure' }).click();
    const slots = page.getByRole('dialog').getByRole('combobox');
    const chosen = (await slots.locator('option').nth(6).getAttribute('value'))!;
    await slots.selectOption(chosen);
    await page.getByRole('button', { name: 'Enregistrer l’heure' }).click();
    await app.until(async () => {
      const { body } = await app.as(agent, 'get', '/callbacks?state=waiting').expect(200);
      return body.items.some((one: { windowFrom: string }) => Date.parse(one.windowFrom) === Date.parse(chosen));
    });
    await page.goto('/desk/calls');
    await page.getByLabel('Conseiller').selectOption(agent.accountId);
    await page.waitForURL(/agentId=/);
    await page.locator('.tbl').getByText('06 85 01 90 05').waitFor();
    await page.getByLabel('File').selectOption('CALLBACK');
    await page.locator('.tbl').waitFor({ state: 'detached' });
    expect(await axeFindings(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('a missed call is owed, called and kept', async () => {
    await tell('ring-3', MISSED, 'newCall');
    await tell('ring-3', MISSED, 'hangup', { cause: 'cancel' });
    const { page, faults } = await desk();
    await page.goto('/desk/callbacks');
    await page.getByRole('button', { name: /Ouvrir.*06.85.01.90.02/ }).click();
    await page.getByRole('button', { name: 'J’appelle maintenant' }).click();
    await page.getByRole('button', { name: 'Joint', exact: true }).click();
    await page.locator('.facts').getByText('Joint').waitFor();
    const { body } = await app.as(agent, 'get', '/callbacks?state=reached').expect(200);
    expect(body.items).toMatchObject([{ number: `+${MISSED}`, state: 'reached', promise: 'met' }]);
    expect(faults).toEqual([]);
  });

  it('a call is written down by keyboard alone', async () => {
    const { page } = await desk();
    await page.goto('/desk/calls');
    await page.locator('.tbl').waitFor();
    await page.keyboard.press('l');
    await page.getByRole('textbox', { name: 'Numéro' }).last().waitFor();
    await page.keyboard.type('06 85 01 90 04');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Horaires du pôle.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.tbl').getByText('06 85 01 90 04').waitFor();
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

  it('the page of a question says when its callback comes', async () => {
    const member = await app.world.person(await app.world.association('FM', 'MA-FES'), 'member');
    const { body: asked } = await app.ask(member).expect(201);
    const { page, context, faults } = await browser.open({ language: 'fr', person: member, width: PHONE });
    await page.goto(`/fr/r/${asked.reference}`);
    await page.getByRole('link', { name: 'Être rappelé' }).click();
    await page.locator('#phone').fill('0685019013');
    await page.locator('input[name=slot]').nth(1).waitFor();
    await page.locator('button[type=submit]').click();
    await page.locator('.done-mark').waitFor();
    await page.goto(`/fr/r/${asked.reference}`);
    await page.getByRole('link', { name: /Nous vous appel.*\d{2}/ }).click();
    await page.locator('.done-mark').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it.each(LANGUAGES)('has no finding of axe in %s on the screens of calls', async (language) => {
    const stops: Stop[] = [
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
    await tour(browser, { language, stops });
  });
});
