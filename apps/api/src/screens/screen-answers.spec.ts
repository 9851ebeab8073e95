import { encodingFor, languageFor, pageOf, policyOf, zoneTable } from './screen-answers';

describe('the language of a page that was asked for without one', () => {
  it.each([
    [undefined, 'ar-MA,ar;q=0.9,fr;q=0.8', 'ar'],
    [undefined, 'fr;q=0.5, ar;q=0.9', 'ar'],
    [undefined, 'en-GB', 'fr'],
    [undefined, 'ar;q=0, fr', 'fr'],
    [undefined, undefined, 'fr'],
    ['ar', 'fr', 'ar'],
    ['<script>', 'ar', 'ar'],
    [undefined, ';;;=,q=,ar;q=x', 'fr'],
  ])('cookie %p and header %p give %p', (cookie, header, language) =>
    expect(languageFor(cookie, header)).toBe(language),
  );
});

it('lets pages load from here alone, and never writes a strange host into the policy', () => {
  const policy = policyOf('portal', 'sanad.example:3000');
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toContain('wss://sanad.example:3000');
  expect(policy).not.toContain('unsafe');
  expect(policyOf('portal', "x; script-src 'unsafe-inline'")).not.toContain('unsafe');
});

it('tells the page which offset held when: Morocco left UTC+1 in September 2026', () => {
  const table = zoneTable(new Date('2026-11-24T00:00:00Z'));
  expect(table).toMatch(/ 1789866000:60 :0$/);
});

it('sends the smallest form that the browser takes, and knows a page again', () => {
  const page = pageOf('<html data-zone="%zone%">', ':0');
  expect(page.body.toString()).toBe('<html data-zone=":0">');
  expect(page.etag).toBe(pageOf('<html data-zone="%zone%">', ':0').etag);
  expect(encodingFor(page, 'gzip, deflate, br').encoding).toBe('br');
  expect(encodingFor(page, 'gzip;q=1').encoding).toBe('gzip');
  expect(encodingFor(page, undefined).encoding).toBeNull();
});
