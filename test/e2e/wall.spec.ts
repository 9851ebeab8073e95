import type { WallSnapshot } from '@app/contract/realtime';
import { VerifyService } from '@app/features/reports/verify.service';
import { TestApp } from '../support/app';
import { listen, type Listener } from '../support/sockets';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let supervisor: TestPerson;
let agent: TestPerson;
let coordinator: TestPerson;
const sockets: Listener[] = [];

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  supervisor = await t.world.staff('FM', 'supervisor', ['fr', 'ar'], true);
  agent = await t.world.staff('FM', 'agent', ['fr']);
  coordinator = await t.world.coordinator();
}, 60_000);
afterAll(async () => {
  sockets.forEach((socket) => socket.close());
  await t?.stop();
});

/** Somebody before a wall, with all that was shown and when. */
async function before(person: TestPerson, body: object = {}) {
  const socket = await listen(t.url, person.token);
  sockets.push(socket);
  const shown: { at: number; wall: WallSnapshot }[] = [];
  socket.on('wall.snapshot', (wall) => shown.push({ at: performance.now(), wall }));
  const answer = await socket.timeout(20_000).emitWithAck('wall.join', body);
  return { socket, shown, answer, last: () => shown[shown.length - 1].wall };
}

const timeless = ({ asOf: _, ...wall }: { asOf: unknown }) => wall;

test('the first snapshot comes at once, the next when something has changed, each equal to what the API counts', async () => {
  const wall = await before(supervisor);
  expect(wall.answer).toEqual({ ok: true });
  await t.until(async () => wall.shown.length > 0);
  expect(wall.last()).toMatchObject({
    hubId: t.world.hubs.FM,
    open: 0,
    waiting: 0,
    longestWaitSince: null,
    byPresence: [],
  });

  await t.as(agent, 'put', '/me/presence').send({ presence: 'away', reason: 'lunch' }).expect(200);
  const { body: first } = await t.ask(member).expect(201);
  await t.ask(member, { confidentiality: undefined, categoryCode: 'DIS.01', body: 'نزاع داخل المكتب' }).expect(201);
  await t.until(async () => wall.last().open === 2 && wall.last().byPresence.length === 1);
  const now = wall.last();
  expect(now.agents).toEqual([
    expect.objectContaining({ accountId: agent.accountId, presence: 'away', reason: 'lunch', activity: 'idle' }),
  ]);
  expect(now.nextToBreach!.map((one) => one.id)).toContain(first.id);
  for (const groups of [now.byQueue!, now.byLanguage]) {
    for (const figure of ['open', 'waiting', 'late', 'atRisk'] as const) {
      expect(groups.reduce((sum, group) => sum + group[figure], 0)).toBe(now[figure]);
    }
  }
  await t.until(async () => {
    const { body: live } = await t.as(supervisor, 'get', `/hubs/${t.world.hubs.FM}/live`);
    return live.open === now.open && live.waiting === now.waiting && live.late === now.late;
  });
  const { body: asked } = await t.as(supervisor, 'get', '/reports/wallboard').expect(200);
  expect(timeless(asked)).toEqual(timeless(now));
  const gaps = wall.shown.slice(2).map(({ at }, n) => at - wall.shown[n + 1].at);
  expect(gaps.filter((gap) => gap < 1_900)).toEqual([]);
  expect((await t.app.get(VerifyService).report()).findings).toEqual([]);

  const seen = wall.shown.length;
  await wall.socket.timeout(20_000).emitWithAck('wall.leave', {});
  await t.ask(member).expect(201);
  await t.until(async () => (await t.as(supervisor, 'get', '/reports/wallboard')).body.open === 3);
  expect(wall.shown.length).toBe(seen);
});

test('the programme sees figures of all hubs without people and tickets; what is not one’s own does not exist', async () => {
  const all = await before(coordinator);
  await t.until(async () => all.shown.length > 0);
  expect(all.last()).toMatchObject({ hubId: null, byHub: [expect.objectContaining({ key: t.world.hubs.FM })] });
  expect(Object.keys(all.last())).not.toEqual(expect.arrayContaining(['agents']));
  expect(all.last().nextToBreach).toBeUndefined();
  const { answer } = await before(supervisor, { hubId: t.world.hubs.MS });
  expect(answer).toEqual({ ok: false, code: 'not_found' });
  expect((await before(member)).answer).toEqual({ ok: false, code: 'not_found' });
  for (const body of [{ hubId: 'abc' }, { hubId: 5 }, [], null, 'x']) {
    expect((await before(coordinator, body as object)).answer).toEqual({ ok: false, code: 'validation_failed' });
  }
});

test('an agent without clearance is shown no restricted ticket', async () => {
  const { body: secret } = await t
    .as(supervisor, 'post', '/tickets')
    .set('idempotency-key', 'wall-restricted')
    .send({
      subject: 'Différend',
      body: 'Un différend interne.',
      categoryCode: 'CRE.04',
      placeCode: 'MA-FES',
      confidentiality: 'restricted',
    })
    .expect(201);
  const [open, cleared] = [await before(agent), await before(supervisor)];
  await t.until(async () => open.shown.length > 0 && cleared.shown.length > 0);
  const ids = (wall: WallSnapshot) => wall.nextToBreach!.map((one) => one.id);
  expect(ids(cleared.last())).toContain(secret.id);
  expect(ids(open.last())).not.toContain(secret.id);
});
