import type { Page } from 'playwright-core';
import { TestApp } from '../support/app';
import {
  DESKTOP,
  LANGUAGES,
  TestBrowser,
  buildScreens,
  describeInBrowser,
  shoot,
  type ScreenLanguage,
} from '../support/browser';
import type { TestPerson } from '../support/world';

const QUESTIONS = [
  ['تأخر الوصل النهائي', 'مضت أربعة وسبعون يوما على الوصل المؤقت. ماذا نفعل؟\nهاتفنا 06 85 00 01 01.', 'CRE.04'],
  ['Compte bancaire bloqué', 'La banque refuse le changement de signataire sans le récépissé définitif.', 'CPT.05'],
  [
    'Dossier de déclaration',
    'Quelles pièces pour déclarer une nouvelle section ?\nنريد الجواب بالعربية من فضلكم.',
    'CRE.02',
  ],
  ['تجديد المكتب المسير', 'هل يجب إخبار السلطة بكل تغيير في المكتب؟ وما هو الأجل؟', 'CRE.04'],
  ['Rapport moral et financier', 'Faut-il un commissaire aux comptes pour 300 000 DH de subvention ?', 'CPT.02'],
] as const;
const ANSWER =
  'السلام عليكم، انقضى أجل ستين يوما. يمكنكم طلب شهادة بعدم الرد، والمرجع هو الفصل 5.\nBonne journée à toute l’équipe.';

describeInBrowser('pictures of the desk', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let agent: TestPerson;
  let supervisor: TestPerson;
  let expert: TestPerson;
  let coordinator: TestPerson;
  let reference: string;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    agent = await app.world.staff('FM', 'agent', [], true);
    const colleague = await app.world.staff('FM', 'agent', []);
    supervisor = await app.world.staff('FM', 'supervisor', []);
    expert = await app.world.staff('FM', 'expert', []);
    coordinator = await app.world.coordinator();
    const names = [
      [agent, 'Salma Bennani'],
      [colleague, 'يوسف الإدريسي'],
      [supervisor, 'Driss Amrani'],
      [expert, 'نادية الفاسي'],
      [coordinator, 'Coordination nationale'],
    ] as const;
    for (const [{ accountId }, name] of names)
      await app.world.client.query('update account set name = $2 where id = $1', [accountId, name]);
    await app.world.client.query(`update hub set phone = '+212523600001' where code = 'FM'`);
    for (const [at, person] of [agent, colleague].entries())
      await app
        .as(person, 'put', '/me/presence')
        .send({ presence: at === 0 ? 'available' : 'meeting' })
        .expect(200);
    await fill();
  }, 120_000);
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  /** A few tickets: one with a conversation, a pause and an opinion asked. */
  async function fill(): Promise<void> {
    const association = await app.world.association('FM', 'MA-FES', 'Association Amal');
    const member = await app.world.person(association, 'manager');
    const made = [];
    for (const [subject, body, categoryCode] of QUESTIONS)
      made.push((await app.ask(member, { subject, body, categoryCode }).expect(201)).body);
    const [{ id }] = made;
    ({ reference } = made[0]);
    await app
      .as(agent, 'put', `/tickets/${id}/assignment`)
      .set('if-match', '"v1"')
      .send({ assigneeId: 'me' })
      .expect(200);
    await app.write(agent, id, { kind: 'note', body: 'J’ai appelé la province : le dossier y est bien.' }).expect(201);
    await app.write(agent, id, { body: 'نحتاج إلى نسخة من الوصل المؤقت.', outcome: 'pending' }).expect(201);
    await app.write(member, id, { body: 'ها هي النسخة.\nRéférence du dépôt : 4512/26.' }).expect(201);
    await app
      .as(agent, 'post', `/tickets/${id}/consultations`)
      .send({ toKind: 'account', toId: expert.accountId, question: 'هل يعتبر السكوت موافقة في هذه الحالة؟', hours: 48 })
      .expect(201);
  }

  const open = async (person: TestPerson, language: ScreenLanguage): Promise<Page> =>
    (await browser.open({ language, person, width: DESKTOP })).page;

  it.each(LANGUAGES)('agents and experts in %s', async (language) => {
    const page = await open(agent, language);
    const see = async (name: string, address: string, shown: string) => {
      await page.goto(address);
      await page.locator(shown).first().waitFor();
      await page.locator('.rail .me:not([aria-hidden])').waitFor();
      await shoot(page, `${name}-${language}`);
    };
    await see('desk-inbox', '/desk/inbox/hub', '.lr');
    await see('desk-ticket', `/desk/inbox/mine?ticket=${reference}`, '.bub');
    await page.locator('textarea.ed').fill(ANSWER);
    await shoot(page, `desk-composer-${language}`);
    await page.keyboard.press('Control+k');
    await page.locator('.pal').first().waitFor();
    await shoot(page, `desk-palette-${language}`);
    await see('desk-work', '/desk/work', '.pane');
    await see('desk-new', '/desk/new', '.intake');
    const theirs = await open(expert, language);
    await theirs.goto('/desk/expert');
    await theirs.locator('.rail .me:not([aria-hidden])').waitFor();
    await shoot(theirs, `desk-expert-${language}`);
  });

  it.each(LANGUAGES)(
    'supervisors and the programme in %s',
    async (language) => {
      const routes: [TestPerson, string, string, string][] = [
        [supervisor, 'desk-wall', '/desk/sup/wall', '.nb'],
        [supervisor, 'desk-wall-tv', '/desk/sup/wall?tv=1', '.wt'],
        [supervisor, 'desk-reports', '/desk/sup/reports', '.figure'],
        [supervisor, 'desk-ratings', '/desk/sup/ratings', '.pane'],
        [supervisor, 'desk-admin', '/desk/admin', '.admin-section'],
        [supervisor, 'desk-people', '/desk/admin/people', '.tbl'],
        [supervisor, 'desk-branding', '/desk/admin/branding', '.sample'],
        [supervisor, 'desk-calendars', '/desk/admin/calendars', '.tbl'],
        [supervisor, 'desk-policies', '/desk/admin/policies', '.pane .body *'],
        [supervisor, 'desk-routing', '/desk/admin/routing', '.pane .body *'],
        [supervisor, 'desk-macros', '/desk/admin/macros', '.pane .body *'],
        [supervisor, 'desk-audit', '/desk/admin/audit', '.tbl'],
        [coordinator, 'desk-hubs', '/desk/admin/hubs', '.region'],
        [coordinator, 'desk-categories', '/desk/admin/categories', '.tbl'],
        [coordinator, 'desk-system', '/desk/admin/system', '.pane .body *'],
      ];
      for (const [person, name, address, shown] of routes) {
        const page = await open(person, language);
        await page.goto(address);
        await page.locator(shown).first().waitFor();
        await page.locator('.rail .me:not([aria-hidden]), .tv').first().waitFor();
        await page.waitForLoadState('networkidle');
        await shoot(page, `${name}-${language}`);
        await page.context().close();
      }
    },
    120_000,
  );
});
