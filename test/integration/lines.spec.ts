import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { canonical } from '@app/domain/calls/adapter';
import { ARRIVAL_FIELDS } from '@app/domain/calls/call-record';
import { CallIntake } from '@app/features/calls/call-intake.service';
import { CallSweep } from '@app/features/calls/call-sweep.service';
import { CallsModule } from '@app/features/calls/calls.module';
import { CallsService } from '@app/features/calls/calls.service';
import { CallReportQueries } from '@app/features/calls/call-report.queries';
import { RawEvents } from '@app/features/calls/raw-events';
import { DispatcherService } from '@app/features/work/dispatcher.service';
import { OffersService } from '@app/features/work/offers.service';
import { PresenceService } from '@app/features/work/presence.service';
import { WorkModule } from '@app/features/work/work.module';
import { ReportsModule } from '@app/features/reports/reports.module';
import { VerifyService } from '@app/features/reports/verify.service';
import { DAY_MS, localParts } from '@app/domain/zone';
import { WorkScene } from '../support/work';
import { startContext, testConfig } from '../support/processes';

@Module({ imports: [CallsModule, WorkModule, ReportsModule] })
class Phone {}

const PROVIDERS = { zammad: randomUUID(), sipgate: randomUUID(), jambonz: randomUUID(), asterisk: randomUUID() };
let scene: WorkScene;
let app: INestApplicationContext;
let people = 0;

beforeAll(async () => {
  scene = await WorkScene.open();
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const week = Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]]));
  const calendar = { zone: 'Africa/Casablanca', week, seasons: [], closures: [], overrides: [] };
  await scene.arrange.rows('update calendar_version set definition = $1', [JSON.stringify(calendar)]);
  for (const [provider, id] of Object.entries(PROVIDERS)) {
    await scene.arrange.rows(
      `insert into pbx_integration (id, hub_id, name, provider, token_hash, created_at) values ($1, $2, 'x', $3, $4, now())`,
      [id, scene.hub.id, provider, createHash('sha256').update(provider).digest()],
    );
  }
  app = await startContext(testConfig(scene.database.appUrl), Phone);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await scene?.close();
});
afterEach(async () => {
  await scene.arrange.rows(`update agent_state set presence = 'offline' where presence <> 'offline'`);
  expect(await scene.broken()).toEqual([]);
});

/** Somebody who waits for work, with a telephone. */
async function available(): Promise<{ actor: Actor; extension: string }> {
  const actor = await scene.agent(`A${(people += 1)}`);
  const extension = String(200 + people);
  await scene.arrange.rows(`insert into pbx_agent values ($1, 'extension', $2, $3)`, [
    scene.hub.id,
    extension,
    actor.accountId,
  ]);
  await app.get(PresenceService).set(actor, 'available', null);
  return { actor, extension };
}

async function tell(
  provider: keyof typeof PROVIDERS,
  fields: Record<string, string>,
  receivedAt = new Date(),
): Promise<void> {
  const body = Buffer.from(new URLSearchParams(fields).toString());
  const contentType = 'application/x-www-form-urlencoded';
  const [integrationId, hubId] = [PROVIDERS[provider], scene.hub.id];
  await new RawEvents(app.get(TenantDb, { strict: false })).store({ integrationId, hubId, receivedAt, contentType, body }); // prettier-ignore
}

let numbers = 0;
/** A call that the telephone system itself gives to somebody. */
function pbxCall(direction = 'in') {
  const callId = `line-${(numbers += 1)}`;
  const number = `2126850${String(numbers).padStart(5, '0')}`;
  const [from, to] = direction === 'in' ? [number, '212523600100'] : ['212523600100', number];
  const said = async (event: string, more: Record<string, string> = {}): Promise<void> => {
    await tell('zammad', { event, direction, from, to, callId, ...more });
    await app.get(CallIntake).drain();
  };
  return { callId, said };
}
const tick = (): Promise<number> => app.get(DispatcherService).tick();
const used = async (actor: Actor): Promise<number> => (await app.get(PresenceService).get(actor)).capacityUsed;
const lineOf = async (callId: string): Promise<{ state: string; accountId: string | null }[]> =>
  scene.arrange.rows(
    `select i.state, i.account_id as "accountId" from work_item i join call k on k.id = i.subject_id where k.root_id = $1`,
    [callId],
  );

test('2, 16, 26: a call that the telephone system gives takes all of an agent, lays tasks aside, and nothing comes until it is written up', async () => {
  const { actor, extension } = await available();
  const task = await scene.item();
  await tick();
  for (const { id } of await scene.offers(`state = 'pending'`)) await app.get(OffersService).accept(actor, id);
  const offered = await scene.item();
  await tick();
  expect((await scene.stateOf(offered)).state).toBe('offered');
  const { callId, said } = pbxCall();
  await said('newCall');
  // It rings: nobody of ours was chosen by us.
  expect(await lineOf(callId)).toEqual([]);
  await said('answer', { answeringNumber: extension });
  expect(await lineOf(callId)).toEqual([{ state: 'active', accountId: actor.accountId }]);
  expect(await used(actor)).toBe(100);
  expect([(await scene.stateOf(task)).state, (await scene.stateOf(offered)).state]).toEqual(['held', 'queued']);
  expect(await app.get(PresenceService).get(actor)).toMatchObject({ activity: 'busy' });
  await tick();
  expect(await scene.offers(`state = 'pending'`)).toEqual([]);
  await said('hangup', { cause: 'normalClearing' });
  expect((await lineOf(callId))[0].state).toBe('wrap_up');
  await tick();
  expect(await scene.offers(`state = 'pending'`)).toEqual([]);
  const [{ id }] = await scene.arrange.rows<{ id: string }>('select id from call where root_id = $1', [callId]);
  await app.get(CallsService).wrapUp(actor, id, { wrapUpCode: 'answered', done: true });
  expect([(await lineOf(callId))[0].state, (await scene.stateOf(task)).state]).toEqual(['completed', 'active']);
  await tick();
  expect((await scene.stateOf(offered)).state).toBe('offered');
});

test('16: a transfer gives the call to the next and leaves the first its writing up', async () => {
  const [one, two] = [await available(), await available()];
  const { callId, said } = pbxCall();
  await said('newCall');
  await said('answer', { answeringNumber: one.extension });
  await said('answer', { answeringNumber: two.extension });
  expect(await lineOf(callId)).toEqual([{ state: 'active', accountId: two.actor.accountId }]);
  expect([await used(one.actor), await used(two.actor)]).toEqual([100, 100]);
  expect((await app.get(PresenceService).get(one.actor)).activity).toBe('wrap_up');
  await said('hangup', { cause: 'normalClearing' });
  expect((await app.get(PresenceService).get(two.actor)).activity).toBe('wrap_up');
});

test('a second line counts once the first is over, who is released by hand stays so, and dialling takes the line too', async () => {
  const { actor, extension } = await available();
  const [first, second] = [pbxCall(), pbxCall()];
  for (const { said } of [first, second]) {
    await said('newCall');
    await said('answer', { answeringNumber: extension });
  }
  expect(await lineOf(second.callId)).toEqual([]);
  await first.said('hangup', { cause: 'normalClearing' });
  const [{ id }] = await scene.arrange.rows<{ id: string }>(
    `select i.id from work_item i join call k on k.id = i.subject_id where k.root_id = $1`,
    [first.callId],
  );
  await app.get(OffersService).complete(actor, id);
  await app.get(CallSweep).countSecondLines();
  const [line] = await scene.arrange.rows<{ id: string }>(
    `select i.id from work_item i join call k on k.id = i.subject_id where k.root_id = $1 and i.state = 'active'`,
    [second.callId],
  );
  await app.get(OffersService).complete(actor, line.id);
  await app.get(OffersService).complete(actor, line.id);
  await app.get(CallSweep).countSecondLines();
  expect(await used(actor)).toBe(0);
  const out = pbxCall('out');
  await out.said('newCall', { answeringNumber: extension, user: extension });
  expect(await used(actor)).toBe(100);
  await out.said('hangup', { cause: 'noAnswer' });
});

test('a queue that lets a caller go owes them a call', async () => {
  const [call_sid, from] = ['over-1', '+212685099001'];
  const at = Date.now();
  const told: Record<string, string>[] = [
    { call_status: 'ringing', direction: 'inbound', from, to: '+212523600100' },
    { event: 'join', queue: 'PHONE', join_time: String(at - 60_000) },
    { event: 'leave', queue: 'PHONE', leave_reason: 'timeout', leave_time: String(at) },
    { call_status: 'completed', direction: 'inbound', duration: '60' },
  ];
  for (const fields of told) await tell('jambonz', { call_sid, ...fields });
  await app.get(CallIntake).drain();
  expect(
    await scene.arrange.rows(
      `select k.outcome, b.source, b.state, b.e164, b.queued_at = k.queued_at as "placeKept" from call k join callback b on b.id = k.callback_id where k.root_id = 'over-1'`,
    ),
  ).toEqual([{ outcome: 'overflowed', source: 'overflow', state: 'waiting', e164: from, placeKept: true }]);
});

/** Each order of the events is another customer; `origCallId` is empty, as for a transfer that was clicked. */
const FORWARDED = (tag: string, from: string): Record<string, string>[] => {
  const [a, b] = [`A${tag}`, `B${tag}`];
  const [to, next] = ['212523600100', '205'];
  return [
    { event: 'newCall', direction: 'in', from, to, callId: a, 'user[]': 'Samira' },
    { event: 'hangup', direction: 'in', from, to, callId: a, cause: 'forwarded' },
    { event: 'newCall', direction: 'in', from, to: next, callId: b, origCallId: '', diversion: to, 'user[]': 'Youssef' },
    { event: 'answer', direction: 'in', from, to: next, callId: b, origCallId: '', answeringNumber: next },
    { event: 'hangup', direction: 'in', from, to: next, callId: b, origCallId: '', cause: 'normalClearing' },
  ]; // prettier-ignore
};

test('19: sipgate without the first call’s number: caller, diversion and overlap join the two, in any order of arrival', async () => {
  const orders = [[0, 1, 2, 3, 4], [2, 3, 0, 1, 4], [4, 3, 2, 1, 0], [3, 0, 4, 2, 1], [1, 4, 0, 3, 2], [0, 2, 1, 4, 3]]; // prettier-ignore
  const records: unknown[] = [];
  for (const [n, order] of orders.entries()) {
    const from = `21268509${String(n).padStart(4, '0')}`;
    const events = FORWARDED(String(n), from);
    const begun = Date.now();
    for (const [nth, at] of order.entries()) {
      await tell('sipgate', events[at], new Date(begun + nth));
      await app.get(CallIntake).drain();
    }
    const rows = await scene.arrange.rows<{ root: string; record: Record<string, unknown> }>(
      'select root_id as root, record from call where from_e164 = $1',
      [`+${from}`],
    );
    expect([order, rows.map((row) => row.root)]).toEqual([order, [`A${n}`]]);
    const { record } = rows[0];
    for (const field of [...ARRIVAL_FIELDS, 'fromRaw', 'fromE164', 'legs']) delete record[field];
    records.push(record);
  }
  expect(records[0]).toMatchObject({ outcome: 'answered', transfers: 1, cause: 'normalClearing' });
  for (const one of records) expect(one).toEqual(records[0]);
  // Who was called by nobody else is a call of their own.
  await tell('sipgate', { ...FORWARDED('x', '212685099500')[2] });
  await app.get(CallIntake).drain();
  expect(await scene.arrange.rows(`select root_id as root from call where from_e164 = '+212685099500'`)).toEqual([
    { root: 'Bx' },
  ]);
});

const SOME_CALL = fc.record({
  minutesAgo: fc.integer({ min: 10, max: 300 }),
  waited: fc.integer({ min: 0, max: 90 }),
  end: fc.constantFrom('served', 'abandoned', 'timedOut', 'calledBack', 'voicemail', 'blocked', 'forwarded'),
});

/** What a telephone system that we listen to tells of one call, as its connector keeps it. */
function heard(callId: string, { minutesAgo, waited, end }: { minutesAgo: number; waited: number; end: string }) {
  const begun = Date.now() - minutesAgo * 60_000;
  const at = (seconds: number) => ({
    callId,
    legId: callId,
    receivedAt: '',
    occurredAt: new Date(begun + seconds * 1_000).toISOString(),
  });
  const answered = { ...at(waited), legId: `${callId}-1`, agents: [{ kind: 'extension' as const, value: '999' }] };
  const exit = (['served', 'abandoned', 'timedOut', 'calledBack'] as const).find((one) => one === end);
  const cause = (['voicemail', 'blocked', 'forwarded'] as const).find((one) => one === end) ?? 'normalClearing';
  return [
    canonical({ ...at(0), type: 'call.started', direction: 'in', from: '212685097001', to: '212523600100' }),
    canonical({ ...at(0), type: 'queue.entered', queueRef: 'PHONE' }),
    ...(end === 'served' ? [canonical({ ...answered, type: 'call.answered' })] : []),
    ...(exit ? [canonical({ ...at(waited), type: 'queue.left', exit })] : []),
    canonical({ ...at(waited + 30), type: 'call.ended', cause }),
  ];
}

test('18: whatever calls are stored, each half-hour and every roll-up of them is the sum of its outcomes; verify works them out again', async () => {
  const store = new RawEvents(app.get(TenantDb, { strict: false }));
  const calls = fc.sample(SOME_CALL, { numRuns: 150, seed: 18 });
  const [integrationId, hubId, receivedAt] = [PROVIDERS.asterisk, scene.hub.id, new Date()];
  await Promise.all(
    calls.flatMap((one, n) =>
      heard(`p-${n}`, one).map((event) => {
        const body = Buffer.from(JSON.stringify({ events: [event] }));
        return store.store({ integrationId, hubId, receivedAt, contentType: 'application/json', body });
      }),
    ),
  );
  await app.get(CallIntake).drain();
  const day = (at: number): string => localParts(new Date(at)).date;
  const supervisor: Actor = { ...(await scene.agent('S')), role: 'supervisor' };
  const [from, to] = [day(Date.now() - DAY_MS), day(Date.now())];
  const report = await app.get(CallReportQueries).report(supervisor, { hubId, from, to });
  const sum = (of: (one: (typeof report.intervals)[number]) => number): number =>
    report.intervals.reduce((total, one) => total + of(one), 0);
  for (const one of report.intervals) {
    const { offered, answered, abandoned, overflowed, calledBack, voicemail } = one;
    expect(answered + abandoned + overflowed + calledBack + voicemail).toBe(offered);
  }
  const figure = (code: string) => report.figures.find((one) => one.code === code)!.value;
  expect([figure('offered'), figure('answered')]).toEqual([sum((one) => one.offered), sum((one) => one.answered)]);
  expect(figure('abandoned')! + figure('missed_calls')!).toBe(sum((one) => one.abandoned));
  // Nothing is lost between the rows and the figures.
  const stored = await scene.arrange.rows<{ at: Date; n: number }>(
    `select date_bin('30 minutes', coalesce(queued_at, started_at), 'epoch') as at, count(*)::int as n from call
     where direction = 'in' and state = 'ended' and outcome not in ('blocked', 'lost') group by 1 order by 1`,
  );
  expect(report.intervals.map((one) => ({ at: one.from, n: one.offered + one.closed })).filter((one) => one.n > 0)).toEqual(stored); // prettier-ignore
  const verify = app.get(VerifyService);
  expect(await verify.report()).toMatchObject({ differences: 0, calls: expect.any(Number) });
  await scene.arrange.rows(`update call set wait_ms = wait_ms + 1 where root_id = 'p-7'`);
  expect((await verify.report()).findings).toMatchObject([{ what: 'call' }]);
});
