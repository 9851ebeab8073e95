import { TestApp } from '../support/app';

let t: TestApp;

beforeAll(async () => {
  t = await TestApp.start();
}, 60_000);
afterAll(() => t?.stop());

describe('what everybody may know', () => {
  test('hubs with their hours, regions with the hub that answers, and the categories', async () => {
    const answer = await t.as(null, 'get', '/portal').expect(200);
    const { hubs, regions, themes } = answer.body;
    expect(answer.headers['cache-control']).toBe('public, max-age=60');
    expect(regions).toHaveLength(12);
    const codes = hubs.map((hub: { code: string }) => hub.code);
    for (const region of regions) expect(codes).toContain(region.hubCode);
    expect(regions.find((one: { code: string }) => one.code === 'MA-03')).toMatchObject({
      hubCode: 'FM',
      hubReason: 'managing',
    });
    const fes = hubs.find((hub: { code: string }) => hub.code === 'FM');
    expect(fes.week).toHaveLength(7);
    expect(fes.nextChange.local).toMatch(/[+-]\d\d:\d\d$/);
    expect(new Date(fes.nextChange.at).getTime()).toBeGreaterThan(Date.now());
    expect(themes.length).toBeGreaterThan(10);
    expect(themes.flatMap((one: { categories: unknown[] }) => one.categories).length).toBeGreaterThan(80);
    expect(Buffer.byteLength(answer.text)).toBeLessThan(60_000);
  });

  test('what has not changed is not sent again', async () => {
    const first = await t.as(null, 'get', '/portal').expect(200);
    const again = await t.as(null, 'get', '/portal').set('if-none-match', first.headers.etag).expect(304);
    expect(again.text).toBe('');
  });

  test('the promise before sending names the hub, and instants with their offset', async () => {
    const { body } = await t
      .as(null, 'post', '/portal/promises')
      .send({ categoryCode: 'CRE.04', placeCode: 'MA-FES', language: 'ar' })
      .expect(200);
    expect(body).toMatchObject({ hub: { code: 'FM' }, hubReason: 'managing' });
    expect(new Date(body.firstResponse.dueAt) < new Date(body.resolution.dueAt)).toBe(true);
    expect(body.firstResponse.dueLocal).toMatch(/[+-]\d\d:\d\d$/);
  });

  test.each([
    ['a category that is none', { categoryCode: 'ZZZ.99' }, '/categoryCode'],
    ['a place that is none', { placeCode: 'MA-ZZ' }, '/placeCode'],
    ['a language that is none', { language: 'en' }, '/language'],
  ])('%s is refused', async (_, wrong, pointer) => {
    const { body } = await t
      .as(null, 'post', '/portal/promises')
      .send({ categoryCode: 'CRE.04', placeCode: 'MA-FES', language: 'ar', ...wrong })
      .expect(400);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
