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

const TEXT = {
  ar: {
    question:
      'توجهنا ثلاث مرات إلى الملحقة الإدارية ورفضوا تسلم ملف التصريح شفويا دون ذكر السبب. هل يمكن أن نكلف مفوضا قضائيا بالإيداع؟\nهاتفنا 06 85 00 01 01.',
    subject: 'السلطة المحلية لم تتسلم الملف',
    need: 'السلام عليكم. نحتاج إلى محضر الجمع التأسيسي لنجيبكم بدقة.\nMerci de joindre aussi la liste du bureau.',
    answer: 'لا داعي للانتظار: يمكنكم تكليف مفوض قضائي بإيداع الملف، ومحضره يثبت تاريخ الإيداع.',
    name: 'جمعية أمل',
    person: 'فاطمة الزهراء العلوي',
  },
  fr: {
    question:
      "Nous avons apporté le dossier trois fois à l'annexe administrative. L’agent ne remet aucun reçu. Comment prouver que nous avons déposé ?\nهاتفنا 06 85 00 01 01.",
    subject: 'Le guichet refuse notre dossier',
    need: 'Bonjour. Il nous faut le procès-verbal de l’assemblée constitutive.\nيمكنكم إرساله بالعربية.',
    answer:
      'N’attendez pas : un huissier de justice peut déposer le dossier, et son procès-verbal prouve la date du dépôt.',
    name: 'Association Amal',
    person: 'Fatima Zahra Alaoui',
  },
} as const;

describeInBrowser('pictures of the portal', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let agent: TestPerson;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    agent = await app.world.staff('MS', 'agent');
    await app.world.client.query(`update account set name = 'Salma Bennani' where id = $1`, [agent.accountId]);
    await app.world.client.query(
      `update hub set phone = '+212523600002', email = 'ms.pole@example.org' where code = 'MS'`,
    );
  }, 120_000);
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  it.each(LANGUAGES)('asking in %s', async (language) => {
    const { page } = await browser.open({ language });
    await page.goto(`/${language}/hubs`);
    await page.selectOption('#place', 'MA-HAO');
    await shoot(page, `portal-hubs-${language}`);
    await page.goto(`/${language}/ask`);
    await page.fill('#body', TEXT[language].question);
    await shoot(page, `portal-ask-1-${language}`);
    await page.click('.act button');
    await page.fill('#association', TEXT[language].name);
    await page.locator('.tile').first().click();
    await page.locator('.opt').nth(3).click();
    await shoot(page, `portal-ask-2-${language}`);
    await page.click('.act button');
    await page.fill('#email', 'amal@example.org');
    await page.locator('.prom').waitFor();
    await shoot(page, `portal-ask-3-${language}`);
    await page.click('.act button');
    await page.locator('.keep').waitFor();
    await shoot(page, `portal-sent-${language}`);
    await page.goto(`/${language}/`);
    await shoot(page, `portal-home-${language}`);
    for (const name of ['follow', 'my', 'data', 'nowhere']) {
      await page.goto(`/${language}/${name}`);
      await page.locator('h1').waitFor();
      await shoot(page, `portal-${name}-${language}`);
    }
    await page.goto(`/${language}/sign-in`);
    await shoot(page, `portal-sign-in-${language}`);
    await page.fill('#email', `amal.${language}@example.org`);
    await page.click('button[type=submit]');
    await page.locator('#code').waitFor();
    await shoot(page, `portal-code-${language}`);
    await page.setViewportSize({ width: DESKTOP, height: 900 });
    await page.goto(`/${language}/`);
    await shoot(page, `portal-home-wide-${language}`);
  });

  it.each(LANGUAGES)('following in %s', async (language) => {
    const { reference, manager } = await conversation(language);
    const { page } = await browser.open({ language, person: manager });
    await page.addInitScript(() => localStorage.setItem('sanad.signedIn', 'true'));
    await page.goto(`/${language}/r/${reference}`);
    await page.locator('.thread').waitFor();
    await shoot(page, `portal-request-pending-${language}`);
    const { body: ticket } = await app.as(agent, 'get', `/tickets/${reference}`).expect(200);
    await app.write(agent, ticket.id, { body: TEXT[language].answer, outcome: 'answered' }).expect(201);
    await page.reload();
    await page.locator('.stars label').nth(2).click();
    await shoot(page, `portal-request-answered-${language}`);
    for (const name of ['my', 'association']) {
      await page.goto(`/${language}/${name}`);
      await page.locator('.lines a, .facts').first().waitFor();
      await shoot(page, `portal-${name}-signed-in-${language}`);
    }
  });

  async function conversation(language: ScreenLanguage): Promise<{ reference: string; manager: TestPerson }> {
    const { question, subject, need, name, person } = TEXT[language];
    const manager = await app.world.person(await app.world.association('MS', 'MA-HAO', name), 'manager');
    await app.world.client.query('update account set name = $2 where id = $1', [manager.accountId, person]);
    const { body: ticket } = await app.ask(manager, { subject, body: question }).expect(201);
    await app.write(agent, ticket.id, { body: need, outcome: 'pending' }).expect(201);
    return { reference: ticket.reference as string, manager };
  }
});
