import { TestApp } from '../support/app';
import { LANGUAGES, TestBrowser, axeFindings, buildScreens, describeInBrowser, overflowOf } from '../support/browser';

describeInBrowser('the pages', () => {
  let app: TestApp;
  let browser: TestBrowser;

  beforeAll(async () => {
    buildScreens();
    app = await TestApp.start();
    browser = await TestBrowser.start(app.url);
  });
  afterAll(async () => {
    await browser?.stop();
    await app?.stop();
  });

  it.each(LANGUAGES)('stand in %s before the first paint, without a finding', async (language) => {
    const { page, faults } = await browser.open({ language });
    await page.goto(`/${language}/`);
    await page.locator('h1').waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr');
    expect(await overflowOf(page)).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('leads / to the language that the browser asks for', async () => {
    const answer = await fetch(`${app.url}/`, { redirect: 'manual', headers: { 'accept-language': 'en;q=0.5,ar-MA' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/ar/']);
  });
});
