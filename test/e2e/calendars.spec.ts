import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CalendarDefinition } from '@app/domain/calendar';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let supervisor: TestPerson;
let neighbour: TestPerson;
let coordinator: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  const association = await t.world.association('FM', 'MA-FES', 'Association Al Amal');
  member = await t.world.person(association, 'member');
  agent = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  neighbour = await t.world.staff('MS', 'supervisor', []);
  coordinator = await t.world.coordinator();
}, 60_000);
afterAll(() => t?.stop());

interface Calendar {
  id: string;
  version: number;
  definition: CalendarDefinition;
  usedBy: { code: string }[];
}

const read = async (id: string, by = supervisor): Promise<Calendar> =>
  (await t.as(by, 'get', `/sla/calendars/${id}`).expect(200)).body;
const national = async (): Promise<Calendar> => {
  const { body } = await t.as(agent, 'get', '/sla/calendars').expect(200);
  return read(body.items.find((one: { hub: object | null }) => one.hub === null).id);
};
const send = (by: TestPerson, method: 'post' | 'put' | 'delete', calendar: Calendar, what: string, body?: object) =>
  t.as(by, method, `/sla/calendars/${calendar.id}${what}`).set('if-match', `"v${calendar.version}"`).send(body);
const settled = (id: string) =>
  t.until(async () => {
    const { body } = await t.as(supervisor, 'get', `/sla/changes/${id}`).expect(200);
    return body.state === 'done' && body;
  });
/** A working day that lies inside a promise made today. */
const soon = (): string => {
  const day = new Date(Date.now() + 86_400_000);
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
};

describe('calendars', () => {
  it('the programme’s is changed by the coordinator alone; a hub takes a copy of its own and works by it', async () => {
    const shared = await national();
    expect(shared.usedBy.length).toBeGreaterThan(1);
    const draft = { definition: shared.definition };
    await t.as(supervisor, 'post', `/sla/calendars/${shared.id}/impact`).send(draft).expect(403);
    await t.as(agent, 'post', `/sla/calendars/${shared.id}/impact`).send(draft).expect(403);
    await t.as(coordinator, 'post', `/sla/calendars/${shared.id}/impact`).send(draft).expect(200);
    const copy = { fromId: shared.id, code: 'FM-OWN', nameFr: 'Fès-Meknès', nameAr: 'فاس مكناس' };
    const { body } = await t.as(supervisor, 'post', '/sla/calendars').send(copy).expect(201);
    await settled(body.change.id);
    expect(body.calendar).toMatchObject({
      code: 'FM-OWN',
      version: 1,
      yours: true,
      usedBy: [{ code: 'FM' }],
      definition: shared.definition,
    });
    await t.as(neighbour, 'get', `/sla/calendars/${body.calendar.id}`).expect(404);
    await t.as(supervisor, 'post', '/sla/calendars').send(copy).expect(400);
  });

  it('a holiday that is moved takes open promises along, as its impact said', async () => {
    const { body: list } = await t.as(supervisor, 'get', '/sla/calendars').expect(200);
    const calendar = await read(list.items.find((one: { code: string }) => one.code === 'FM-OWN').id);
    const asked = (await t.ask(member).expect(201)).body;
    const day = soon();
    const holiday = { status: 'provisional', key: 'local', nameFr: 'Fête locale', nameAr: 'عيد محلي' };
    const at = `/closures/${day}`;
    const { body: impact } = await send(supervisor, 'post', calendar, `${at}/impact`, holiday).expect(200);
    expect(impact.movedClocks).toBeGreaterThan(0);
    expect(impact.tickets[0]).toMatchObject({ reference: asked.reference });
    expect(impact.definition.closures).toContainEqual({ date: day, ...holiday });
    expect((await read(calendar.id)).version).toBe(calendar.version);
    const { body: added } = await send(supervisor, 'put', calendar, at, holiday).expect(200);
    expect(await settled(added.change.id)).toMatchObject({ why: 'holiday', clocksMoved: impact.movedClocks });
    const now = (await t.as(member, 'get', `/tickets/${asked.id}`).expect(200)).body;
    expect(now.promise.resolution.dueAt).toBe(
      impact.tickets.find((one: { metric: string }) => one.metric === 'resolution').after.at,
    );
    const { body: history } = await t.as(member, 'get', `/tickets/${asked.id}/events`).expect(200);
    const texts = history.items.map((one: { text: { fr: string } }) => one.text.fr);
    expect(texts).toContain('Échéance recalculée : résolution (jour férié confirmé ou déplacé)');
    // Moved far away the evening before: the promise is again what it was.
    await send(supervisor, 'put', calendar, at, { status: 'confirmed', to: '2030-12-31' }).expect(412);
    const next = await read(calendar.id);
    const { body: moved } = await send(supervisor, 'put', next, at, { status: 'confirmed', to: '2030-12-31' }).expect(
      200,
    );
    await settled(moved.change.id);
    const after = (await t.as(member, 'get', `/tickets/${asked.id}`).expect(200)).body;
    expect(after.promise).toEqual(asked.promise);
    expect(after.nextDueAt).toBe(asked.nextDueAt);
    await send(supervisor, 'delete', { ...next, version: next.version + 1 }, '/closures/2030-12-31').expect(200);
    await send(supervisor, 'delete', { ...next, version: next.version + 2 }, '/closures/2030-12-31').expect(400);
  });

  it('a season is switched off and on by a person', async () => {
    const { body: list } = await t.as(supervisor, 'get', '/sla/calendars').expect(200);
    const calendar = await read(list.items.find((one: { code: string }) => one.code === 'FM-OWN').id);
    const season = calendar.definition.seasons.find((one) => one.key === 'ramadan-1448')!;
    const { body: off } = await send(supervisor, 'put', calendar, '/seasons/ramadan-1448', { on: false }).expect(200);
    expect(off.calendar.definition.seasons).toContainEqual({ ...season, off: true });
    expect(off.change.why).toBe('season');
    const next = await read(calendar.id);
    const wrong = { to: '2020-01-01' };
    const refused = await send(supervisor, 'put', next, '/seasons/ramadan-1448', wrong).expect(400);
    expect(refused.body.errors).toMatchObject([{ pointer: '/to', code: 'inverted' }]);
    const { body: on } = await send(supervisor, 'put', next, '/seasons/ramadan-1448', {
      on: true,
      confirmed: true,
    }).expect(200);
    expect(on.calendar.definition.seasons).toContainEqual({ ...season, confirmed: true });
    await send(supervisor, 'post', next, '/seasons/carnival/impact', { on: true }).expect(400);
  });

  it('days off come from a file and go to one', async () => {
    const { body: list } = await t.as(supervisor, 'get', '/sla/calendars').expect(200);
    const calendar = await read(list.items.find((one: { code: string }) => one.code === 'FM-OWN').id);
    const file = (lines: string[]) =>
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//x//y//FR',
        'BEGIN:VEVENT',
        'UID:a',
        ...lines,
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n');
    const ical = file(['DTSTART;VALUE=DATE:20280503', 'DTEND;VALUE=DATE:20280506', 'SUMMARY:Moussem']);
    const { body: impact } = await send(supervisor, 'post', calendar, '/closures/import/impact', { ical }).expect(200);
    expect(impact).toMatchObject({ added: 3, changed: 0, movedClocks: 0 });
    const { body: published } = await send(supervisor, 'post', calendar, '/closures/import', { ical }).expect(200);
    expect(published.calendar.definition.closures).toEqual(impact.definition.closures);
    const exported = await t.as(agent, 'get', `/sla/calendars/${calendar.id}/closures.ics`).buffer(true).expect(200);
    expect(exported.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(exported.text).toContain('DTSTART;VALUE=DATE:20280503');
    const again = await send(supervisor, 'post', calendar, '/closures/import/impact', { ical: exported.text }).expect(
      200,
    );
    expect(again.body).toMatchObject({ added: 0, changed: 0 });
    const timed = file(['DTSTART:20280503T080000Z', 'SUMMARY:x']);
    const refused = await send(supervisor, 'post', calendar, '/closures/import/impact', { ical: timed }).expect(400);
    expect(refused.body.errors).toMatchObject([{ pointer: '/ical/0/dtstart', code: 'all_day_expected' }]);
  });

  it.each([
    [
      'intervals that overlap',
      {
        week: {
          mon: [
            ['08:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
      '/definition/week/mon/1',
      'overlap',
    ],
    ['an empty interval', { week: { mon: [['08:00', '08:00']] } }, '/definition/week/mon/0', 'empty'],
    [
      'a season without end',
      { seasons: [{ key: 's', nameFr: 'x', nameAr: 'x', from: '2027-01-01', week: null, confirmed: true }] },
      '/definition/seasons/0/to',
      'invalid_date',
    ],
    [
      'hours that are never',
      { week: { mon: [], tue: [], wed: [], thu: [], fri: [] }, seasons: [] },
      '/definition/week',
      'never_open',
    ],
    [
      'hours so short that nothing is due within five years',
      { week: { mon: [], tue: [], wed: [], thu: [], fri: [['08:00', '08:05']] }, seasons: [] },
      '/definition/week',
      'too_far',
    ],
  ])('refuses %s, and publishes nothing', async (_, wrong, pointer, code) => {
    const calendar = await national();
    const week = { ...calendar.definition.week, ...(wrong as { week?: object }).week };
    const body = { definition: { ...calendar.definition, ...wrong, week } };
    for (const what of ['/impact', '/publish']) {
      const refused = await send(coordinator, 'post', calendar, what, body).expect(400);
      expect(refused.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    }
    expect((await national()).version).toBe(calendar.version);
  });
});

describe('simulations', () => {
  it('explain a sample, a draft and a ticket', async () => {
    const fri = [
      ['09:00', '12:00'],
      ['15:00', '16:30'],
    ];
    const { definition } = await national();
    const calendar = { ...definition, week: { ...definition.week, fri, mon: [['09:00', '16:30']] } };
    const sample = {
      startedAt: '2026-11-27T11:50:00Z',
      priority: 'normal',
      metric: 'first_response',
      facts: { channel: 'phone' },
    };
    const { body } = await t
      .as(agent, 'post', '/sla/simulations')
      .send({ ...sample, calendar })
      .expect(200);
    expect(body).toMatchObject({ policy: { code: 'PHONE' }, calendar: { versionId: null }, hub: { code: 'FM' } });
    expect(body.clocks[0]).toMatchObject({ targetMinutes: 120, dueLocal: '2026-11-30T09:20:00+00:00' });
    expect(
      body.clocks[0].steps.map((one: { kind: string; totalMinutes: number }) => [one.kind, one.totalMinutes]),
    ).toEqual([
      ['start', 0],
      ['open', 10],
      ['open', 100],
      ['closed', 100],
      ['open', 120],
      ['due', 120],
    ]);
    const asked = (await t.ask(member).expect(201)).body;
    const past = await t.as(agent, 'post', '/sla/simulations/tickets').send({ ticket: asked.reference }).expect(200);
    for (const clock of past.body.clocks) expect(clock.dueAt).toBe(clock.storedDueAt);
    expect(past.body.clocks.map((one: { metric: string }) => one.metric)).toEqual(['first_response', 'resolution']);
    await t.as(neighbour, 'post', '/sla/simulations/tickets').send({ ticket: asked.reference }).expect(404);
    const refused = await t
      .as(agent, 'post', '/sla/simulations')
      .send({ ...sample, hubId: t.world.hubs.MS })
      .expect(400);
    expect(refused.body.errors).toMatchObject([{ pointer: '/hubId', code: 'unknown' }]);
  });

  it('by the command for a ticket or a sample, in both languages; what it does not know is said', async () => {
    const run = promisify(execFile);
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: t.database.appUrl,
      SANAD_VAR: t.varDir,
    };
    const simulate = (...args: string[]) =>
      run(process.execPath, ['apps/all/start.mjs', 'simulate', ...args], {
        cwd: path.resolve(__dirname, '../..'),
        env,
      });
    const asked = (await t.ask(member).expect(201)).body;
    const { stdout: french } = await simulate('--ticket', asked.reference);
    const { body } = await t
      .as(agent, 'post', '/sla/simulations/tickets')
      .send({ ticket: asked.reference })
      .expect(200);
    for (const clock of body.clocks) {
      for (const step of clock.steps) expect(french).toContain(step.textFr);
    }
    const { stdout: arabic } = await simulate('--at', '2026-11-27T11:50', '--hub', 'FM', '--lang', 'ar');
    expect(arabic).toMatch(/first_response: \d+ min[^]*\p{Script=Arabic}/u);
    await expect(simulate('--at', '2026-11-27T11:50', '--hub', 'XX')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no hub XX.'),
    });
  }, 240_000);
});
