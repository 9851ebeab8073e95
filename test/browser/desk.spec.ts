import type { Page } from 'playwright-core';
import { TestApp } from '../support/app';
import {
  DESKTOP,
  LANGUAGES,
  TestBrowser,
  axeFindings,
  buildScreens,
  describeInBrowser,
  tour,
  type Stop,
} from '../support/browser';
import type { TestPerson } from '../support/world';

const QUESTION = 'مضت أربعة وسبعون يوما على الوصل المؤقت. ماذا نفعل؟';
const ANSWER = 'السلام عليكم، انقضى أجل ستين يوما ويعتبر السكوت موافقة.';

describeInBrowser('the desk', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let member: TestPerson;
  let agent: TestPerson;
  let colleague: TestPerson;
  let expert: TestPerson;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
    member = await app.world.person(await app.world.association('FM', 'MA-FES'), 'member');
    // Without a written language the dispatcher leaves the tickets to the test.
    agent = await app.world.staff('FM', 'agent', [], true);
    colleague = await app.world.staff('FM', 'agent', [], true);
    expert = await app.world.staff('FM', 'expert', []);
  });
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  const ask = async (): Promise<{ id: string; reference: string }> =>
    (await app.ask(member, { subject: 'تأخر الوصل النهائي', body: QUESTION, language: 'ar' }).expect(201)).body;
  const openTicket = async (person: TestPerson, reference: string, language: 'fr' | 'ar' = 'fr'): Promise<Page> => {
    const { page } = await browser.open({ language, person, width: DESKTOP });
    await page.goto(`/desk/inbox/hub?ticket=${reference}`);
    await page.getByText(QUESTION).waitFor();
    return page;
  };
  const box = (page: Page) => page.locator('textarea.ed');
  const publicReplies = async (id: string): Promise<string[]> =>
    (await app.as(member, 'get', `/tickets/${id}/messages`).expect(200)).body.items
      .filter((one: { authorKind: string }) => one.authorKind === 'staff')
      .map((one: { body: string }) => one.body);

  it('an Arabic question is found, claimed, answered, taken back and resolved by keyboard alone', async () => {
    const ticket = await ask();
    const { page, faults } = await browser.open({ language: 'ar', person: agent, width: DESKTOP });
    await page.goto('/desk/inbox/hub');
    await page.getByText(ticket.reference).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(ticket.reference);
    await page.getByRole('option', { name: new RegExp(ticket.reference) }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(QUESTION).waitFor();
    const command = async (words: string) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill(words);
      await page.getByRole('option', { name: words }).first().waitFor();
      await page.keyboard.press('Enter');
    };
    const seen = async () => (await app.as(agent, 'get', `/tickets/${ticket.id}`).expect(200)).body;
    await command('أخذ الملف أو إرجاعه');
    await app.until(async () => (await seen()).assignee?.id === agent.accountId);
    await page.keyboard.press('r');
    await page.keyboard.insertText(ANSWER);
    await page.keyboard.press('Control+Enter');
    const undo = page.locator('.leaving .act');
    await undo.waitFor();
    await page.keyboard.press('Enter');
    await expect(box(page).inputValue()).resolves.toBe(ANSWER);
    expect(await publicReplies(ticket.id)).toEqual([]);
    await command('إرسال ومعالجة الملف');
    await undo.waitFor();
    await app.world.client.query(
      `update pending_reply set send_at = now() where ticket_id = $1 and state = 'waiting'`,
      [ticket.id],
    );
    await app.until(async () => (await seen()).status === 'resolved');
    expect(await publicReplies(ticket.id)).toEqual([ANSWER]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('two agents on one ticket see each other, and the slower one reads before sending', async () => {
    const ticket = await ask();
    const [mine, theirs] = [await openTicket(agent, ticket.reference), await openTicket(colleague, ticket.reference)];
    await mine.locator('.ch1 .stack .av').waitFor();
    await box(theirs).fill('Ma réponse');
    await mine.locator('.typing .av').waitFor();
    await app
      .as(member, 'post', `/tickets/${ticket.id}/messages`)
      .set('idempotency-key', 'desk-stale-1')
      .send({ kind: 'reply', body: 'Une précision.' })
      .expect(201);
    await theirs.getByText('Un message est arrivé pendant que vous écriviez.').waitFor();
    await theirs.keyboard.press('Control+Enter');
    await theirs.getByText('Pas encore envoyé', { exact: false }).waitFor();
    expect(await box(theirs).inputValue()).toBe('Ma réponse');
    expect(await publicReplies(ticket.id)).toEqual([]);
    await theirs.getByRole('button', { name: 'Envoyer quand même' }).click();
    await theirs.locator('.leaving').waitFor();
    await mine.context().close();
    await theirs.context().close();
  });

  it('a lost line is said, keeps the text, and what was missed is there after its return', async () => {
    const ticket = await ask();
    const page = await openTicket(agent, ticket.reference);
    await box(page).fill('Texte en cours');
    await page.context().setOffline(true);
    await page.getByText('Connexion perdue', { exact: false }).waitFor();
    await app
      .as(member, 'post', `/tickets/${ticket.id}/messages`)
      .set('idempotency-key', 'desk-missed-1')
      .send({ kind: 'reply', body: 'Écrit pendant la coupure.' })
      .expect(201);
    await page.context().setOffline(false);
    await page.locator('.bar', { hasText: 'rétablie' }).waitFor();
    await page.getByText('Écrit pendant la coupure.').waitFor();
    expect(await box(page).inputValue()).toBe('Texte en cours');
    await page.reload();
    await page.getByText(QUESTION).waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('textarea.ed')?.value === 'Texte en cours',
    );
    await page.context().close();
  });

  it.each(LANGUAGES)('has no finding of axe in %s, signed out, on each screen, on a phone', async (language) => {
    const ticket = await ask();
    const { page: door } = await browser.open({ language, width: DESKTOP });
    await door.goto('/desk/');
    await door.locator('input[type=password]').waitFor();
    expect(await axeFindings(door)).toEqual([]);
    const stops: Stop[] = [
      [agent, '/desk/inbox/hub', '.lr'],
      [agent, `/desk/t/${ticket.reference}`, '.bub'],
      [agent, '/desk/work', '.empty'],
      [expert, '/desk/expert', '.empty'],
    ];
    await tour(browser, { language, dark: language === 'ar', stops });
    await door.context().close();
  });
});
