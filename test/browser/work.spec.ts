import type { Page } from 'playwright-core';
import { TestApp } from '../support/app';
import {
  DESKTOP,
  TestBrowser,
  axeFindings,
  buildScreens,
  describeInBrowser,
  type ScreenLanguage,
} from '../support/browser';
import type { TestPerson } from '../support/world';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

interface Asked {
  id: string;
  reference: string;
  version: number;
}

describeInBrowser('the work of a hub on screen', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let member: TestPerson;
  let agent: TestPerson;
  let colleague: TestPerson;
  let expert: TestPerson;
  let supervisor: TestPerson;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    member = await app.world.person(await app.world.association('FM', 'MA-FES', 'Association Amal'), 'member');
    // Without a written language the dispatcher leaves the tickets to the test.
    agent = await app.world.staff('FM', 'agent', [], true);
    colleague = await app.world.staff('FM', 'agent', [], true);
    expert = await app.world.staff('FM', 'expert', []);
    supervisor = await app.world.staff('FM', 'supervisor', []);
    const names = [
      [agent, 'Salma Bennani'],
      [colleague, 'يوسف الإدريسي'],
      [expert, 'Maître Nadia'],
    ] as const;
    for (const [{ accountId }, name] of names)
      await app.world.client.query('update account set name = $2 where id = $1', [accountId, name]);
  }, 120_000);
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  const ask = async (subject: string, more: Record<string, unknown> = {}): Promise<Asked> =>
    (await app.ask(member, { subject, language: 'fr', ...more }).expect(201)).body;
  const seen = async (id: string) => (await app.as(supervisor, 'get', `/tickets/${id}`).expect(200)).body;
  const open = (person: TestPerson, language: ScreenLanguage) =>
    browser.open({ language, person, width: DESKTOP, dark: language === 'ar' });
  const box = (page: Page) => page.locator('textarea.ed');
  const command = async (page: Page, words: string) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(words);
    await page.getByRole('option', { name: words }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('button[type=submit]').waitFor();
  };
  const confirm = (page: Page) => page.getByRole('dialog').locator('button[type=submit]').click();
  const undo = (page: Page) => page.locator('.toast .act').last().click();

  it('an agent writes with prepared texts and a file, and takes it back once', async () => {
    const ticket = await ask('Récépissé');
    const { page, faults } = await open(agent, 'fr');
    await page.goto(`/desk/inbox/hub?ticket=${ticket.reference}`);
    await page.locator('.bub').first().waitFor();
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('searchbox').fill('ACK');
    await dialog.locator('.macro-text[lang=fr]', { hasText: ticket.reference }).waitFor(); // filled before it is used
    await dialog.locator('.seg button').first().click();
    await dialog.locator('.macro-text[lang=ar]', { hasText: ticket.reference }).waitFor();
    await dialog.locator('.seg button').nth(1).click();
    await dialog.getByRole('searchbox').fill('DOCS_REMIND');
    await dialog.locator('.facts li').first().waitFor(); // what it changes besides
    expect(await dialog.locator('button[type=submit]').isDisabled()).toBe(true); // a variable is missing
    expect(await axeFindings(page)).toEqual([]);
    await dialog.locator('.field .inp').last().fill('le procès-verbal');
    await dialog.locator('.macro-text', { hasText: 'le procès-verbal' }).waitFor();
    await dialog.locator('button[type=submit]:enabled').click();
    await dialog.waitFor({ state: 'detached' });
    await app.until(async () => (await seen(ticket.id)).status === 'pending');
    expect(await box(page).inputValue()).toContain('le procès-verbal');
    await box(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n/priv');
    await page.locator('#snippets [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => !document.querySelector<HTMLTextAreaElement>('textarea.ed')!.value.includes('/priv'),
    );
    await page
      .locator('.cf input[type=file]')
      .setInputFiles({ name: 'modèle.pdf', mimeType: 'application/pdf', buffer: PDF });
    await page.locator('.files .att', { hasText: /modèle.pdf.*\d/ }).waitFor(); // its size is told when it is there
    await box(page).focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('.leaving .act').click(); // taken back: text and file are there again
    await page.locator('.files .att', { hasText: 'modèle.pdf' }).waitFor();
    await box(page).focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('.leaving').waitFor();
    await app.world.client.query(
      `update pending_reply set send_at = now() where ticket_id = $1 and state = 'waiting'`,
      [ticket.id],
    );
    await app.until(async () => {
      const { body } = await app.as(member, 'get', `/tickets/${ticket.id}/messages`).expect(200);
      return body.items.some(
        ({ attachments }: { attachments: { name: string }[] }) => attachments[0]?.name === 'modèle.pdf',
      );
    });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('a colleague who is called in a note finds the ticket', async () => {
    const ticket = await ask('Une note');
    const { page, faults } = await open(agent, 'fr');
    await page.goto(`/desk/t/${ticket.reference}`);
    await page.locator('.bub').first().waitFor();
    await page.keyboard.press('n');
    await page.locator('.comp.noting textarea.ed:focus').waitFor();
    await page.keyboard.type('@يوسف');
    await page.locator('#snippets [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('textarea.ed')!.value.endsWith(' '));
    await page.keyboard.type('peux-tu relire ?');
    await page.keyboard.press('Control+Enter');
    await page.locator('.thread').getByText('peux-tu relire').waitFor();
    const { page: theirs } = await open(colleague, 'ar');
    await theirs.goto('/desk/inbox/mentions');
    await theirs.locator('.lr', { hasText: ticket.reference }).waitFor();
    expect(faults).toEqual([]);
    for (const one of [page, theirs]) await one.context().close();
  });

  it('many tickets at once, a list under a name, links and merges: each can be taken back', async () => {
    const [one, other] = [
      await ask('Compte bancaire', { categoryCode: 'CPT.05' }),
      await ask('Compte bancaire bloqué'),
    ];
    const { page, faults } = await open(agent, 'fr');
    await page.goto('/desk/inbox/unassigned?q=bancaire');
    await page.locator('.lr').nth(1).waitFor();
    for (const key of ['k', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.locator('.bulk').getByRole('button', { name: 'Me les attribuer' }).click();
    const owner = async () => [(await seen(one.id)).assignee?.id, (await seen(other.id)).assignee?.id];
    await app.until(async () => (await owner()).every((id) => id === agent.accountId));
    await undo(page);
    await app.until(async () => (await owner()).every((id) => id === undefined));

    await page.goto('/desk/inbox/hub?priority=high');
    await page.getByRole('button', { name: 'Vues enregistrées' }).click();
    await page.getByRole('menuitem', { name: 'Enregistrer cette vue' }).click();
    await page.getByRole('dialog').locator('.inp').fill('Priorité haute');
    await confirm(page);
    await page.goto('/desk/inbox/mine');
    await page.getByRole('button', { name: 'Vues enregistrées' }).click();
    await page.getByRole('menuitem', { name: 'Priorité haute', exact: true }).click();
    await page.waitForURL(/inbox\/hub\?.*priority=high/);

    await page.goto(`/desk/t/${one.reference}`);
    await page.locator('.bub').first().waitFor();
    const choose = () => page.getByRole('dialog').locator('.choice', { hasText: other.reference }).click();
    const links = async () =>
      (await app.as(agent, 'get', `/tickets/${one.id}/relations`).expect(200)).body.links.length;
    await command(page, 'Lier');
    await choose();
    await confirm(page);
    await app.until(async () => (await links()) === 1);
    await undo(page);
    await app.until(async () => (await links()) === 0);

    await command(page, 'Fusionner');
    await choose();
    await page.getByRole('dialog').locator('.facts li').first().waitFor(); // what it means, before
    expect(await axeFindings(page)).toEqual([]);
    await confirm(page);
    await page.waitForURL(new RegExp(other.reference));
    await undo(page);
    await page.waitForURL(new RegExp(one.reference));
    await app.until(async () => (await seen(one.id)).status !== 'closed');
    await command(page, 'Escalader');
    const reasons = page.getByRole('dialog').locator('select');
    await reasons.locator('option').nth(1).waitFor({ state: 'attached' });
    await reasons.selectOption({ index: 1 });
    await page.getByRole('dialog').locator('.facts li').first().waitFor();
    await page.getByRole('dialog').locator('.choice').last().click();
    await page.keyboard.press('Escape');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('an expert is asked, gives an opinion and a verdict, and sees nothing else', async () => {
    const ticket = await ask('Avis demandé');
    const { page } = await open(agent, 'fr');
    await page.goto(`/desk/t/${ticket.reference}`);
    await page.locator('.bub').first().waitFor();
    await command(page, 'Consulter un expert');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('option', { name: 'Maître Nadia · expert' }).waitFor({ state: 'attached' });
    await dialog.locator('select').first().selectOption({ label: 'Maître Nadia · expert' });
    await dialog.locator('textarea').fill('Le silence vaut-il accord ?');
    await confirm(page);
    const checked = await ask('Réponse à valider', { categoryCode: 'CRE.05' });
    await app.world.client.query('update ticket set needs_validation = true where id = $1', [checked.id]);
    await app
      .as(agent, 'post', `/tickets/${checked.id}/validations`)
      .send({ body: 'Le refus doit être motivé.', validatorId: expert.accountId })
      .expect(201);

    const { page: theirs, faults } = await open(expert, 'ar');
    await theirs.goto('/desk/');
    await theirs.locator('.ask', { hasText: ticket.reference }).click();
    await theirs.getByText('Le silence vaut-il accord ?').waitFor();
    expect(await theirs.locator('nav.rail a').count()).toBe(1);
    expect(await axeFindings(theirs)).toEqual([]);
    await box(theirs).fill('نعم، بعد ستين يوما.');
    await theirs.keyboard.press('Control+Enter');
    await theirs.locator('.ask', { hasText: ticket.reference }).waitFor({ state: 'detached' });
    await theirs.locator('.ask', { hasText: checked.reference }).click();
    await theirs.getByText('Le refus doit être motivé.').waitFor();
    expect(await axeFindings(theirs)).toEqual([]);
    await theirs.locator('.comp .btn.p').click();
    await app.until(async () => {
      const { body } = await app.as(member, 'get', `/tickets/${checked.id}/messages`).expect(200);
      return body.items.some((one: { body: string }) => one.body === 'Le refus doit être motivé.');
    });
    await page.getByRole('tab', { name: 'Avis' }).click();
    await page.getByText('نعم، بعد ستين يوما.').waitFor();
    expect(faults).toEqual([]);
    for (const one of [page, theirs]) await one.context().close();
  });

  it('what is about to be late is found from the wall, and a report is read as a table and taken along', async () => {
    const ticket = await ask('Bientôt en retard');
    await app.world.client.query(`update deadline set due_at = now() where ticket_id = $1 and kind = 'warn'`, [
      ticket.id,
    ]);
    const { page, faults } = await open(supervisor, 'fr');
    await page.goto('/desk/sup/wall');
    await page
      .locator('.wt', { hasText: 'À risque' })
      .filter({ has: page.locator('.v', { hasText: /^1$/ }) })
      .click();
    await page.getByRole('link', { name: 'Voir la liste' }).click();
    await page.locator('.lr', { hasText: ticket.reference }).waitFor();
    expect(await page.locator('.lr').count()).toBe(1);
    await page.goto('/desk/sup/reports?show=table');
    const cell = page.locator('.tbl tbody td button').first();
    await cell.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await cell.click();
    await page.getByRole('dialog').locator('tbody tr').first().waitFor(); // the tickets behind the figure
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Exporter' }).click();
    await page.getByRole('menuitem').first().click();
    const download = page.waitForEvent('download');
    await page.locator('a[download]').click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf])); // so that spreadsheets read Arabic
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('time of people is read beside the tickets, each figure with the stretches behind it', async () => {
    const present = await app.world.staff('FM', 'agent', []);
    await app.as(present, 'put', '/me/presence').send({ presence: 'available' }).expect(200);
    const { page, faults } = await open(supervisor, 'fr');
    await page.goto('/desk/sup/reports');
    await page.getByRole('button', { name: 'Temps des personnes' }).click();
    await page.locator('.figure', { hasText: 'Taux d' }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.locator('.figure', { hasText: 'Temps connecté' }).getByRole('button').click();
    await page.getByRole('dialog').getByText('Disponible').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.goto('/desk/sup/reports?by=queue');
    await page.locator('.tbl tbody tr').first().waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('people are asked in, changed and put out of service; their tickets go where it is said', async () => {
    const { page, faults } = await open(supervisor, 'fr');
    const leaving = await app.world.staff('FM', 'agent', []);
    await app.world.client.query(`update account set name = 'Zineb Naciri' where id = $1`, [leaving.accountId]);
    const ticket = await ask('Sans propriétaire bientôt');
    await app
      .as(leaving, 'put', `/tickets/${ticket.id}/assignment`)
      .set('if-match', `"v${ticket.version}"`)
      .send({ assigneeId: 'me' })
      .expect(200);
    await page.goto('/desk/admin/people');
    await page.getByRole('button', { name: 'Inviter' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input.inp').nth(0).fill('Hind Ouazzani');
    await dialog.locator('input.inp').nth(1).fill('hind.new@test.example.org');
    await confirm(page);
    await page.locator('.tbl', { hasText: 'hind.new@test.example.org' }).waitFor();
    const link = await app.until(async () => {
      const { rows } = await app.world.client.query(
        `select text from mail_message where to_address = 'hind.new@test.example.org'`,
      );
      return /\/desk\/invitation\S*#\S+/.exec(rows[0]?.text ?? '')?.[0];
    });
    const guest = await browser.open({ language: 'ar', width: DESKTOP });
    await guest.page.goto(link);
    await guest.page.locator('input[type=password]').fill('Une phrase assez longue 26');
    expect(await axeFindings(guest.page)).toEqual([]);
    await guest.page.keyboard.press('Enter');
    await guest.page.locator('.rail').waitFor();

    const act = async (name: string) => {
      await page.getByRole('button', { name: /Actions pour .*Zineb Naciri/ }).click();
      await page.getByRole('menuitem', { name }).click();
      await dialog.locator('button[type=submit]').waitFor();
    };
    await act('Changer le rôle');
    await dialog.getByRole('checkbox').check();
    const { body } = await app.as(supervisor, 'get', '/accounts?q=Zineb').expect(200);
    const [{ accountId, version }] = body.items;
    await app
      .as(supervisor, 'patch', `/accounts/${accountId}`)
      .set('if-match', `"v${version}"`)
      .send({ role: 'expert', cleared: false })
      .expect(200);
    await confirm(page);
    await dialog.getByRole('alert').filter({ hasText: 'Quelqu’un a modifié ceci entre-temps' }).waitFor();
    expect(await dialog.getByRole('checkbox').isChecked()).toBe(true);
    await page.waitForLoadState('networkidle');
    await confirm(page);
    await dialog.waitFor({ state: 'detached' });
    await act('Désactiver');
    await dialog.locator('.choice').nth(1).click();
    await dialog
      .locator('select')
      .selectOption({ label: (await dialog.locator('option', { hasText: 'Salma' }).textContent())! });
    await confirm(page);
    await dialog.locator('.people-facts').waitFor();
    await confirm(page);
    await app.until(async () => (await seen(ticket.id)).assignee?.id === agent.accountId);
    expect(faults).toEqual([]);
    for (const { context } of [guest, { context: page.context() }]) await context.close();
  });

  it('in the programme too, who was slower is told, and nothing typed is lost', async () => {
    const coordinator = await app.world.coordinator();
    const { page, faults } = await open(coordinator, 'fr');
    const dialog = page.getByRole('dialog');
    const told = dialog.getByRole('alert').filter({ hasText: 'Quelqu’un a modifié ceci entre-temps' });
    const again = async () => {
      await told.waitFor();
      await page.waitForLoadState('networkidle');
      await confirm(page);
      await dialog.waitFor({ state: 'detached' });
    };
    await page.goto('/desk/admin/categories');
    await page.locator('.search').fill('CPT.05');
    await page.locator('.tbl tbody tr', { hasText: 'CPT.05' }).locator('button').click();
    await dialog.locator('input.inp').first().fill('Banque et signatures');
    await app.world.client.query(`update category set version = version + 1 where code = 'CPT.05'`);
    await confirm(page);
    await again();
    await page.locator('.tbl', { hasText: 'Banque et signatures' }).waitFor();

    await page.goto('/desk/admin/hubs');
    const row = page.locator('.tbl tbody tr', { has: page.getByText('MS', { exact: true }) });
    await row.locator('button').last().click();
    await dialog.locator('input.inp').first().fill('Pôle de Marrakech');
    await app.world.client.query(`update hub set version = version + 1 where code = 'MS'`);
    await confirm(page);
    await again();
    await page.locator('.tbl').first().getByText('Pôle de Marrakech', { exact: true }).waitFor();
    await row.locator('button').first().click();
    await dialog.locator('select').selectOption({ index: 1 });
    await app.world.client.query(`update hub set version = version + 1 where code = 'MS'`);
    await confirm(page);
    await again();
    await page.locator('.hub-status.suspended').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
