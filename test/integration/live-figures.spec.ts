import { setTimeout as sleep } from 'node:timers/promises';
import { Sweeper } from '@app/features/sla/sweeper.service';
import { SealService } from '@app/features/audit/seal.service';
import { FIGURES_CHANNEL, FiguresSignal } from '@app/features/reports/figures-signal';
import { LiveFiguresProjector } from '@app/features/reports/live-figures.projector';
import { LiveFiguresQueries } from '@app/features/reports/live-figures.queries';
import { TicketFactsProjector } from '@app/features/reports/ticket-facts.projector';
import { VerifyService } from '@app/features/reports/verify.service';
import { createLog } from '@app/platform/log';
import { Client } from 'pg';
import { PostgresCarrier } from '@app/platform/postgres-carrier';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { insertSetting, type Setting, TicketHistory } from '../support/histories';
import { openTenantDb } from '../support/tenant-db';

const T0 = new Date('2026-11-23T08:00:00Z');
const at = (minutes: number): Date => new Date(T0.getTime() + minutes * 60_000);
const LOG = createLog('silent');

jest.setTimeout(60_000);

let database: TestDatabase;
let admin: Client;
let setting: Setting;
let opened: Awaited<ReturnType<typeof openTenantDb>>;
let carrier: PostgresCarrier;
let projector: LiveFiguresProjector;
let sweeper: Sweeper;
let verifier: VerifyService;
const clients: Client[] = [];

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  clients.push(client);
  return client;
}

beforeEach(async () => {
  database = await createTestDatabase();
  admin = await connect();
  setting = await insertSetting(admin);
  opened = await openTenantDb(database.appUrl, 8);
  carrier = new PostgresCarrier(database.appUrl, LOG);
  projector = new LiveFiguresProjector(opened.db, new FiguresSignal(carrier), LOG);
  sweeper = new Sweeper(opened.db, opened.source);
  verifier = new VerifyService(opened.source, projector, new TicketFactsProjector(opened.db));
});

afterEach(async () => {
  await carrier?.close();
  await opened?.source.destroy();
  await Promise.all(clients.splice(0).map((client) => client.end()));
  await database?.drop();
});

async function rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await admin.query<T>(sql, values)).rows;
}

/** Other databases of the server hold the horizon back for a while. */
async function projectAll(): Promise<void> {
  for (;;) {
    await projector.project();
    const [{ left }] = await rows<{ left: number }>(
      `select count(*)::int as left from event e, projection p where p.name = 'live' and (e.xid, e.id) > (p.xid, p.id)`,
    );
    if (left === 0) return;
    await sleep(5);
  }
}

/** The counters from the rows of tickets and clocks alone, without the log. */
const RECOUNT = `
  with shown as (
    select t.*, exists (select from sla_clock c where c.ticket_id = t.id and c.state in ('running', 'paused') and c.breached_at is not null) as late,
      exists (select from sla_clock c where c.ticket_id = t.id and c.state in ('running', 'paused') and c.warned_at is not null) as warned
    from ticket t where status in ('new', 'open', 'pending', 'on_hold', 'answered'))
  select hub_id, metric, nullif(account_id, '00000000-0000-0000-0000-000000000000') as account_id, count(*)::int as value from (
    select hub_id, 'open' as metric, null::uuid as account_id from shown
    union all select hub_id, 'waiting', null from shown where assignee_id is null and status in ('new', 'open')
    union all select hub_id, 'late', null from shown where late
    union all select hub_id, 'at_risk', null from shown where warned and not late
    union all select hub_id, 'assigned', assignee_id from shown where assignee_id is not null) x
  group by 1, 2, 3 order by 1, 2, 3`;
const COUNTERS = `
  select hub_id, metric, nullif(account_id, '00000000-0000-0000-0000-000000000000') as account_id, value
  from live_counter where value <> 0 order by 1, 2, 3`;

function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Leads some tickets through random lives, on a connection of their own. */
async function livesOf(seed: number, steps: number): Promise<void> {
  const client = await connect();
  const roll = dice(seed);
  const tickets: TicketHistory[] = [];
  for (let step = 0; step < steps; step++) {
    const now = at(step * 4);
    const ticket = tickets[roll(tickets.length + 1)];
    if (!ticket) {
      const born = new TicketHistory(client, setting, setting.hubs[roll(setting.hubs.length)]);
      await born.create(now);
      tickets.push(born);
    } else if (ticket.status === 'closed') await ticket.note(now);
    else if (ticket.status === 'resolved') await ticket.move('closed', now);
    else
      await [
        () => ticket.assign([...setting.agents, null][roll(4)], now),
        () => ticket.move('open', now),
        () => ticket.move('pending', now),
        () => ticket.move('resolved', now),
        () => ticket.answer(now),
        () => ticket.note(now),
      ][roll(6)]();
    if (step % 10 === 9) await sweeper.sweep(now);
  }
}

test.each([1, 2, 3])(
  'random lives at once, two projectors: the counters are those of a recount (seed %i)',
  async (seed) => {
    let living = true;
    const other = new LiveFiguresProjector(opened.db, new FiguresSignal(carrier), LOG);
    const projecting = [projector, other].map(async (one) => {
      while (living) await one.project().then(() => sleep(1));
    });
    await Promise.all([1, 2, 3].map((n) => livesOf(seed * 10 + n, 120)));
    living = false;
    await Promise.all(projecting);
    await projectAll();
    const counters = await rows(COUNTERS);
    expect(counters).toEqual(await rows(RECOUNT));
    expect(new Set(counters.map((row) => (row as { metric: string }).metric)).size).toBe(5); // all metrics took part
    await new SealService(opened.db).seal();
    expect(await verifier.verify()).toEqual([]);
  },
  60_000,
);

test('waits for open transactions with lower numbers, and loses none of their events', async () => {
  const slow = await connect();
  await slow.query('begin');
  await slow.query('select pg_current_xact_id()');
  await new TicketHistory(admin, setting, setting.hubs[0]).create(T0);
  expect(await projector.project()).toBe(0);
  await slow.query('commit');
  await projectAll();
  expect(await rows(COUNTERS)).toHaveLength(2);
});

test('the order is that of numbers, also where transaction numbers get another digit', async () => {
  const ticket = new TicketHistory(admin, setting, setting.hubs[0]);
  await ticket.create(T0);
  await ticket.move('closed', at(1));
  await admin.query(`update event set xid = case type when 'ticket.created' then '99'::xid8 else '100'::xid8 end`);
  await projectAll();
  expect(await rows('select xid::text from projection')).toEqual([{ xid: '100' }]);
  expect(await rows(COUNTERS)).toEqual([]);
});

test('one process projects, the others pass by', async () => {
  await projector.project();
  const holder = await connect();
  await holder.query('begin');
  await holder.query(`select 1 from projection where name = 'live' for update`);
  await new TicketHistory(admin, setting, setting.hubs[0]).create(T0);
  expect(await projector.project()).toBe(0);
  await holder.query('rollback');
  await projectAll();
  expect(await rows(COUNTERS)).toHaveLength(2);
});

test('a backlog longer than a batch is folded in order', async () => {
  const ticket = new TicketHistory(admin, setting, setting.hubs[0]);
  await ticket.create(T0);
  for (let i = 0; i < 1_200; i++) await ticket.assign(setting.agents[i % 3], at(1));
  expect(await projector.project()).toBeLessThanOrEqual(1_000);
  await projectAll();
  const assigned = (await rows<{ metric: string }>(COUNTERS)).filter((row) => row.metric === 'assigned');
  expect(assigned).toEqual([expect.objectContaining({ account_id: setting.agents[2], value: 1 })]);
});

test('the figures of a hub, and nothing of another', async () => {
  const [mine, other] = setting.hubs;
  const [first, second, third] = [mine, mine, mine].map((hub) => new TicketHistory(admin, setting, hub));
  for (const [i, one] of [first, second, third].entries()) await one.create(at(i));
  await new TicketHistory(admin, setting, other).create(at(-500));
  await first.assign(setting.agents[1], at(3));
  await sweeper.sweep(at(61)); // the first is late, the second late at its very instant, the third at risk
  await projectAll();
  const figures = await new LiveFiguresQueries(opened.db).hubFigures(mine.hubId);
  expect(figures).toEqual({
    hubId: mine.hubId,
    open: 3,
    waiting: 2,
    longestWaitSince: at(1),
    atRisk: 1,
    late: 2,
    byAgent: [{ accountId: setting.agents[1], name: 'Agent 1', open: 1 }],
    asOf: expect.any(Date),
  });
});

test('the longest wait comes from its index', async () => {
  const ticket = new TicketHistory(admin, setting, setting.hubs[0]);
  await ticket.create(T0);
  const plan = await opened.db.system(async (tx) => {
    await tx.sql('set local enable_seqscan = off');
    return tx.sql<{ 'QUERY PLAN': string }>(
      `explain select opened_at as since from ticket where hub_id = $1 and assignee_id is null and status in ('new', 'open') order by opened_at limit 1`,
      [setting.hubs[0].hubId],
    );
  });
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/ticket_hub_waiting/);
});

test('says which hubs changed, and is silent when none did', async () => {
  const listener = await connect();
  const heard: string[] = [];
  listener.on('notification', ({ payload }) => heard.push(payload!));
  await listener.query(`listen ${FIGURES_CHANNEL}`);
  const ticket = new TicketHistory(admin, setting, setting.hubs[1]);
  await ticket.create(T0);
  await projectAll();
  await ticket.note(at(1));
  await projectAll();
  await listener.query('select 1');
  expect(heard).toEqual([setting.hubs[1].hubId]);
});

describe('verify', () => {
  let ticket: TicketHistory;

  beforeEach(async () => {
    ticket = new TicketHistory(admin, setting, setting.hubs[0]);
    await ticket.create(T0);
    await ticket.assign(setting.agents[0], at(1));
    await ticket.answer(at(2));
    await ticket.move('pending', at(3));
    await ticket.move('open', at(63));
    const waiting = new TicketHistory(admin, setting, setting.hubs[0]);
    await waiting.create(T0);
    await sweeper.sweep(at(90));
    await projectAll();
    expect(await verifier.report()).toMatchObject({ tickets: 2, clocks: 4, differences: 0, findings: [] });
  });

  const what = async (): Promise<string[]> => (await verifier.verify()).map((finding) => finding.what);

  test.each([
    ['a counter', `update live_counter set value = value + 1 where metric = 'open'`, ['counter']],
    [
      'a live ticket',
      `update live_ticket set state = state || '{"status": "on_hold"}' where state ->> 'assigneeId' is not null`,
      ['live ticket'],
    ],
    [
      'a due time',
      `update sla_clock set due_at = due_at + interval '1 minute' where metric = 'resolution' and ticket_id = $1`,
      ['clock.due'],
    ],
    ['a pause', `update sla_pause set to_at = to_at + interval '1 second'`, ['clock.due']],
    [
      'a breach that never was',
      `update sla_clock set breached_at = now() where metric = 'resolution' and ticket_id = $1`,
      ['clock.breached', 'ticket fact'],
    ],
    [
      'a breach hidden',
      'update sla_clock set breached_at = null where breached_at is not null',
      ['clock.breached', 'ticket fact'],
    ],
    ['a warning hidden', 'update sla_clock set warned_at = null where warned_at is not null', ['clock.warned']],
    [
      'an answer dated back',
      `update sla_clock set met_at = met_at - interval '1 minute' where met_at is not null`,
      ['clock.met'],
    ],
    ['an assignment without a trace', 'update ticket set assignee_id = null where id = $1', ['ticket', 'ticket fact']],
    [
      'a clock thrown away',
      `delete from deadline where ticket_id = $1; delete from sla_clock where ticket_id = $1 and metric = 'resolution'`,
      ['clock', 'clock.moved', 'clock.moved'],
    ],
  ])('finds %s', async (_, tamper, expected) => {
    for (const statement of tamper.split(';'))
      await admin.query(statement, statement.includes('$1') ? [ticket.id] : []);
    expect(await what()).toEqual(expected);
  });

  test('finds a changed event at its seal', async () => {
    await new SealService(opened.db).seal();
    await admin.query(`update event set data = '{"b": [1, null], "a": "e"}' where type = 'ticket.assigned'`);
    expect(await what()).toContain('seal');
  });
});
