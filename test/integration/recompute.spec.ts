import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { SYSTEM_ACTOR, TenantDb } from '@app/db/tenant-db';
import { compileCalendar } from '@app/domain/business-hours';
import type { CalendarDefinition } from '@app/domain/calendar';
import { dueSteps, escalationOf } from '@app/domain/ladder';
import { pausesFor } from '@app/domain/promise-renewal';
import { dueAt } from '@app/domain/sla-clock';
import { firstMatch, type PolicyDefinition, targetFor } from '@app/domain/sla-policy';
import { ReferenceData } from '@app/features/directory/reference-data';
import { ImpactService } from '@app/features/sla/impact.service';
import { FIRST_ID, openTickets } from '@app/features/sla/open-tickets';
import { RecomputeService, SETTLED_MS } from '@app/features/sla/recompute.service';
import { rulesOf } from '@app/features/sla/planned-change';
import { bulkTickets } from '../../apps/all/src/cli/bulk';
import { loadPeople } from '../../apps/all/src/demonstration/load';
import { referenceDir } from '../../apps/all/src/prepare';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { openTenantDb } from '../support/tenant-db';
import { World } from '../support/world';

jest.setTimeout(120_000);

const TICKETS = 4_000;
const NOW = new Date('2026-11-23T11:00:00Z');
const log = { warn: () => undefined, info: () => undefined, error: () => undefined } as never;

let database: TestDatabase;
let world: World;
let db: TenantDb;
let reference: ReferenceData;
const opened: { destroy(): Promise<void> }[] = [];
let now: Date;
const clock = { now: () => now };

async function open(): Promise<{ db: TenantDb; reference: ReferenceData; recompute: RecomputeService }> {
  const one = await openTenantDb(database.appUrl);
  opened.push(one.source);
  const own = new ReferenceData(one.db, log);
  await own.reload();
  const recompute = new RecomputeService(one.db, own, log);
  recompute.batch = 2;
  return { db: one.db, reference: own, recompute };
}

beforeAll(async () => {
  database = await createTestDatabase();
  world = await World.create(database);
  await loadPeople(world.client, referenceDir(), NOW);
  await bulkTickets(database.appUrl, TICKETS, { now: NOW, seed: 7 });
  now = NOW;
  ({ db, reference } = await open());
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.destroy()));
  await world?.close();
  await database?.drop();
});

const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await world.client.query<T>(sql, values)).rows;

interface ClockRow {
  id: string;
  dueAt: Date | null;
  state: string;
  breachedAt: Date | null;
  targetMinutes: number;
  policyVersionId: string;
  calendarVersionId: string;
}
const clocksNow = async (): Promise<Map<string, ClockRow>> => {
  const found = await rows<ClockRow>(`
    select id, due_at as "dueAt", state, breached_at as "breachedAt", target_minutes as "targetMinutes", policy_version_id as "policyVersionId",
      calendar_version_id as "calendarVersionId" from sla_clock`);
  return new Map(found.map((row) => [row.id, row]));
};

/** A new version of the programme's calendar, as publishing writes it. */
async function publishCalendar(edit: (now: CalendarDefinition) => CalendarDefinition, at: Date): Promise<string> {
  const [{ calendarId, version, definition }] = await rows<{
    calendarId: string;
    version: number;
    definition: CalendarDefinition;
  }>('select calendar_id as "calendarId", version, definition from calendar_version order by version desc limit 1');
  const versionId = uuid();
  await rows('insert into calendar_version values ($1, $2, $3, $4, $5)', [
    versionId,
    calendarId,
    version + 1,
    JSON.stringify(edit(definition)),
    at,
  ]);
  await rows(
    `insert into sla_change (id, why, calendar_id, version_id, published_at) values ($1, 'calendar', $2, $3, $4)`,
    [uuid(), calendarId, versionId, at],
  );
  return versionId;
}

/** Every open clock against counting from scratch, its deadline row and its ticket's nearest due time. */
async function checkAll(at: Date): Promise<number> {
  await reference.reload();
  const { policyOf, calendarOf } = rulesOf(reference.current);
  const deadlines = new Map(
    (
      await rows<{ id: string; kinds: string[]; dues: Date[]; done: string[] }>(
        `select clock_id as id, case when kind is null then '{}' else kind || later_kinds end as kinds,
           case when kind is null then '{}' else due_at || later_dues end as dues, done from deadline`,
      )
    ).map((row) => [row.id, row]),
  );
  const nearest = new Map(
    (await rows<{ id: string; due: Date | null }>('select id, next_due_at as due from ticket')).map((row) => [
      row.id,
      row.due,
    ]),
  );
  let checked = 0;
  const tickets = await db.system((tx) => openTickets(tx, FIRST_ID, { hubId: null, limit: 100_000 }));
  for (const ticket of tickets) {
    for (const one of ticket.clocks) {
      const policy = policyOf(one.policyVersionId)!;
      const shape = {
        startedAt: one.startedAt,
        minutes: one.targetMinutes,
        time: one.time,
        calendar: calendarOf(one.calendarVersionId),
        pauses: pausesFor(policy, one.metric, ticket.pauses),
      };
      expect([one.id, one.dueAt]).toEqual([one.id, dueAt(shape)]);
      if (one.breachedAt || (one.dueAt && one.dueAt <= at)) continue;
      const plan = deadlines.get(one.id)!;
      const steps = dueSteps(shape, escalationOf(policy, one.metric)).filter((step) => !plan.done.includes(step.kind));
      expect([one.id, plan.kinds, plan.dues]).toEqual([
        one.id,
        steps.map((step) => step.kind),
        steps.map((step) => step.at),
      ]);
      checked += 1;
    }
    const dues = ticket.clocks.flatMap((one) => (one.state === 'running' && one.dueAt ? [one.dueAt.getTime()] : []));
    expect(nearest.get(ticket.id)?.getTime()).toBe(dues.length > 0 ? Math.min(...dues) : undefined);
  }
  return checked;
}

function isOver({ state, breachedAt, dueAt: due }: ClockRow): boolean {
  return state === 'met' || state === 'cancelled' || breachedAt !== null || (due !== null && due <= now);
}

/** Each clock that moved has one event that says from when to when; those that were met or late are as they were. */
async function checkMoves(before: Map<string, ClockRow>, moved: number, versionId: string): Promise<void> {
  const events = await rows<{ id: string; from: string | null; to: string | null; why: string[] }>(
    `select data ->> 'clockId' as id, data ->> 'from' as "from", data ->> 'dueAt' as "to", data -> 'why' as why from event
     where type = 'clock.moved' and data ? 'changeId'`,
  );
  expect(events).toHaveLength(moved);
  expect(new Set(events.map((one) => one.id)).size).toBe(moved);
  const after = await clocksNow();
  for (const { id, from, to, why } of events) {
    expect([from, to, why]).toEqual([
      before.get(id)!.dueAt?.toISOString() ?? null,
      after.get(id)!.dueAt?.toISOString() ?? null,
      ['calendar'],
    ]);
  }
  for (const [id, was] of before) {
    if (isOver(was)) expect(after.get(id)).toEqual(was);
    else expect(after.get(id)!.calendarVersionId).toBe(versionId);
  }
}

test('a change whose workers are killed half-way is finished by others: exactly what its impact said, each clock once', async () => {
  const before = await clocksNow();
  expect(await checkAll(now)).toBeGreaterThan(150);
  const shorter = (definition: CalendarDefinition): CalendarDefinition => ({
    ...definition,
    week: { ...definition.week, mon: [['10:00', '11:00']], tue: [['10:00', '11:30']] },
  });
  const [calendarId, published] = [...reference.current.calendars][0];
  const draft = { calendarId, versionId: 'draft', calendar: compileCalendar(shorter(published.definition)) };
  const planned = {
    hubId: null,
    why: 'calendar' as const,
    change: { calendar: draft },
    rules: rulesOf(reference.current, { calendar: draft }),
  };
  const impact = await new ImpactService(db, reference, clock).impactOf(SYSTEM_ACTOR, planned, '');
  expect(impact.movedClocks).toBeGreaterThan(40);
  const versionId = await publishCalendar(shorter, now);

  // Two workers race for the batches, and lose their connections all the time.
  const workers = await Promise.all([open(), open()]);
  let failures = 0;
  let over = false;
  const race = workers.map(async ({ recompute }) => {
    while (!over) await recompute.runAll(now).catch(() => (failures += 1));
  });
  let killed = 0;
  const end = Date.now() + 30_000;
  while (!over) {
    const gone = await rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'sanad' and state <> 'idle' and $1::int < 15 order by random() limit 1`,
      [killed],
    );
    killed += gone.length;
    const [{ pass }] = await rows<{ pass: number }>('select pass from sla_change');
    over = pass === 2 || Date.now() > end;
  }
  await Promise.all(race);
  expect(failures).toBeGreaterThan(0); // else nothing was really interrupted
  now = new Date(now.getTime() + SETTLED_MS);
  await (await open()).recompute.runAll(now);

  const [change] = await rows<{ moved: number; late: number; tickets: number; doneAt: Date | null }>(
    'select clocks_moved as moved, clocks_late as late, tickets_moved as tickets, done_at as "doneAt" from sla_change',
  );
  expect(change).toEqual({
    moved: impact.movedClocks,
    late: impact.becomeLate,
    tickets: impact.movedTickets,
    doneAt: now,
  });
  await checkMoves(before, impact.movedClocks, versionId);
  expect(await checkAll(now)).toBeGreaterThan(150);
});

test('policies: what comes out equals a promise made from scratch', async () => {
  const [{ id, definition }] = await rows<{ id: string; definition: PolicyDefinition }>(
    `select p.id, v.definition from sla_policy p join sla_policy_version v on v.policy_id = p.id where p.code = 'DEFAULT'`,
  );
  const others = await rows<{ id: string }>(`select id from sla_policy where code = 'ADMINISTRATIVE'`);
  const next = { ...definition, targets: definition.targets.map((one) => ({ ...one, minutes: one.minutes + 37 })) };
  const versionId = randomUUID();
  await rows('insert into sla_policy_version values ($1, $2, 2, $3, $4)', [versionId, id, JSON.stringify(next), now]);
  // One policy ends besides: its questions come under the next that holds.
  await rows('update sla_policy set active = false where id = $1', [others[0].id]);
  await rows(
    `insert into sla_change (id, why, policy_ids, version_id, published_at) values ($1, 'policy', $2, $3, $4)`,
    [uuid(), [id, others[0].id], versionId, now],
  );
  const { recompute } = await open();
  expect(await recompute.runAll(now)).toBeGreaterThan(0);
  expect(await recompute.runAll(new Date(now.getTime() + SETTLED_MS))).toBe(0); // the second look finds nothing
  await checkAll(now);
  const tickets = await db.system((tx) => openTickets(tx, FIRST_ID, { hubId: null, limit: 100_000 }));
  const { policies } = reference.current;
  for (const ticket of tickets) {
    const policy = firstMatch(policies, ticket.facts)!;
    for (const one of ticket.clocks.filter((c) => !c.breachedAt && (!c.dueAt || c.dueAt > now))) {
      const target = targetFor(policy, ticket.facts.priority, one.metric);
      if (target)
        expect([one.targetMinutes, one.time, one.policyVersionId]).toEqual([
          target.minutes,
          target.time,
          policy.versionId,
        ]);
    }
  }
});

test('a ticket whose write is refused keeps its promise and holds no other back', async () => {
  const tickets = await db.system((tx) => openTickets(tx, FIRST_ID, { hubId: null, limit: 100_000 }));
  const before = await clocksNow();
  // The one with the longest promise: the days that change lie before its end.
  const promised = tickets.flatMap((ticket) =>
    ticket.clocks
      .filter((one) => one.time === 'business' && one.state === 'running' && !isOver(before.get(one.id)!))
      .map((one) => ({ ticket, due: one.dueAt!.getTime() })),
  );
  const stuck = promised.sort((a, b) => b.due - a.due)[0].ticket;
  const moves = () => rows(`select 1 from event where ticket_id = $1 and type = 'clock.moved'`, [stuck.id]);
  const movesBefore = (await moves()).length;
  await rows(`
    create function refuse_ticket() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$`);
  await rows(
    `create trigger refuse_ticket before update on ticket for each row when (new.id = '${stuck.id}') execute function refuse_ticket()`,
  );
  const warned: object[] = [];
  const { recompute } = await open();
  recompute.batch = 50;
  Object.assign(recompute, { log: { ...(log as object), warn: (what: object) => warned.push(what) } });
  const shifted = (definition: CalendarDefinition): CalendarDefinition => ({
    ...definition,
    week: { ...definition.week, mon: [['14:00', '15:00']], tue: [['14:00', '15:00']], wed: [['14:00', '15:00']] },
  });
  await publishCalendar(shifted, now);
  expect(await recompute.runAll(now)).toBeGreaterThan(40);
  const later = new Date(now.getTime() + SETTLED_MS);
  await recompute.runAll(later);
  expect(warned).toContainEqual({ err: 'not this one', ticketId: stuck.id });
  const [change] = await rows<{ doneAt: Date | null }>(
    'select done_at as "doneAt" from sla_change order by published_at desc, id desc limit 1',
  );
  expect(change.doneAt).toEqual(later);
  const after = await clocksNow();
  for (const { id } of stuck.clocks) expect(after.get(id)).toEqual(before.get(id));
  expect(await moves()).toHaveLength(movesBefore);

  // What held it is gone: with the next change it follows.
  await rows('drop trigger refuse_ticket on ticket');
  await publishCalendar((definition) => definition, later);
  now = later;
  await recompute.runAll(later);
  await recompute.runAll(new Date(later.getTime() + SETTLED_MS));
  expect(await moves()).not.toHaveLength(movesBefore);
  await checkAll(later);
});
