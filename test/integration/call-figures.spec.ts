import { createHash, randomUUID } from 'node:crypto';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { DAY_MS, localParts } from '@app/domain/zone';
import { CallIntake } from '@app/features/calls/call-intake.service';
import { CallStaffingQueries } from '@app/features/calls/call-staffing.queries';
import { CallsModule } from '@app/features/calls/calls.module';
import { FirstContactQueries } from '@app/features/calls/first-contact.queries';
import { WorkModule } from '@app/features/work/work.module';
import { ReportsModule } from '@app/features/reports/reports.module';
import { playHistory } from '../support/call-history';
import { WorkScene } from '../support/work';
import { startContext, testConfig } from '../support/processes';

@Module({ imports: [CallsModule, WorkModule, ReportsModule] })
class Phone {}

const integrationId = randomUUID();
let scene: WorkScene;
let app: INestApplicationContext;
let supervisor: Actor;

beforeAll(async () => {
  scene = await WorkScene.open();
  await scene.arrange.rows(
    `insert into pbx_integration (id, hub_id, name, provider, token_hash, created_at) values ($1, $2, 'x', 'asterisk', $3, now())`,
    [integrationId, scene.hub.id, createHash('sha256').update('x').digest()],
  );
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const week = Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]]));
  const calendar = { zone: 'Africa/Casablanca', week, seasons: [], closures: [], overrides: [] };
  await scene.arrange.rows('update calendar_version set definition = $1', [JSON.stringify(calendar)]);
  app = await startContext(testConfig(scene.database.appUrl), Phone);
  supervisor = { ...(await scene.agent('Rachida')), role: 'supervisor' };
}, 60_000);
afterAll(async () => {
  await app?.close();
  await scene?.close();
});

const dayOf = (ms: number): string => localParts(new Date(ms)).date;
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { errors?: { pointer: string; code: string }[]; message: string }) =>
      error.errors?.map((one) => `${one.pointer} ${one.code}`).join() ?? error.message,
  );

test('staffing from two weeks of real calls: what they take, how long callers wait for it, and what one person more would change', async () => {
  const system = { integrationId, hubId: scene.hub.id };
  const [from, to] = [dayOf(Date.now() - 56 * DAY_MS), dayOf(Date.now())];
  const ask = () =>
    app.get(CallStaffingQueries).staffing(supervisor, { hubId: scene.hub.id, from, to, target: 0.8, withinSeconds: 20 }); // prettier-ignore
  expect(await code(ask())).not.toBe('done');
  const calls = await playHistory(app.get(TenantDb, { strict: false }), app.get(CallIntake), system, {
    days: 15,
    perDay: 12,
  });
  const plan = await ask();
  // Five of six were answered and talked for four minutes; the others gave up after a minute.
  expect(plan).toMatchObject({ calls, handleSeconds: 240, basis: 'measured' });
  expect(plan.patienceSeconds).toBeGreaterThan(60);
  expect(plan.busiest[0].callsPerHour).toBeGreaterThan(10);
  expect(plan.busiest.length).toBeGreaterThan(1);
  const [fewer, needed, more] = plan.options;
  expect([needed.agents - fewer.agents, more.agents - needed.agents]).toEqual([1, 1]);
  expect(fewer.serviceLevel).toBeLessThan(0.8);
  expect(needed.serviceLevel).toBeGreaterThanOrEqual(0.8);
  // Where callers give up, those who stay are answered sooner.
  expect(needed.patient!.serviceLevel).toBeGreaterThan(needed.serviceLevel);
  expect(needed.patient!.abandoned).toBeGreaterThan(0);
  expect(needed.warnings).toContain('few_agents');
}, 60_000);

test('first contact: closed, asked again within the week by the same person on the same subject, escalated, and not yet settled', async () => {
  const { hub, arrange } = scene;
  const person = async (): Promise<string> => (await scene.agent(`Asks ${randomUUID().slice(0, 6)}`)).accountId;
  const ago = (days: number): Date => new Date(Date.now() - days * DAY_MS);
  const ask = async (who: string, opened: number, closed: number | null, escalations = 0): Promise<string> => {
    const id = await arrange.ticket(hub, { requesterId: who });
    await arrange.rows('update ticket set opened_at = $2, updated_at = $2 where id = $1', [id, ago(opened)]);
    if (closed !== null) {
      await arrange.rows(`update ticket set status = 'resolved', resolved_at = $2, updated_at = $2 where id = $1`, [id, ago(closed)]); // prettier-ignore
    }
    await arrange.rows(
      `insert into ticket_fact (ticket_id, hub_id, queue_id, day, interval_no, opened_at, place_code, region_code, channel, language, category_code, kind, priority, level, open, waiting, reopened, transfers, escalations)
       select t.id, t.hub_id, t.queue_id, t.opened_at::date, 0, t.opened_at, t.place_code, 'MA-06', t.channel, t.language, t.category_code, t.kind, t.priority, t.level, false, false, 0, 0, $2 from ticket t where t.id = $1
       on conflict (ticket_id) do update set escalations = excluded.escalations`,
      [id, escalations],
    );
    return id;
  };
  const [once, again, hard, late] = [await person(), await person(), await person(), await person()];
  await ask(once, 30, 28);
  const first = await ask(again, 30, 28);
  const repeat = await ask(again, 25, null);
  await ask(hard, 30, 28, 1);
  // Asked again after the week: another matter. Closed three days ago: who knows.
  await ask(late, 30, 28);
  await ask(late, 20, 3);
  const [from, to] = [dayOf(Date.now() - 40 * DAY_MS), dayOf(Date.now())];
  const found = await app.get(FirstContactQueries).of(supervisor, { hubId: hub.id, from, to });
  expect(found).toMatchObject({
    resolved: { part: 3, whole: 4, value: 0.75 },
    withoutEscalation: { part: 2, whole: 4, value: 0.5 },
    ...{ repeats: 1, escalations: 1, unsettled: 1 },
  });
  expect(found.items.find((one) => one.ticketId === first)).toMatchObject({ repeatId: repeat, escalated: false });
  expect(found.items).toHaveLength(2);
});
