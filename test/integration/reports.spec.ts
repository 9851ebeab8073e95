import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { LiveFiguresProjector } from '@app/features/reports/live-figures.projector';
import { FiguresSignal } from '@app/features/reports/figures-signal';
import { TicketFactsProjector } from '@app/features/reports/ticket-facts.projector';
import { VerifyService } from '@app/features/reports/verify.service';
import { Sweeper } from '@app/features/sla/sweeper.service';
import { createLog } from '@app/platform/log';
import { PostgresCarrier } from '@app/platform/postgres-carrier';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { insertSetting, type Setting, TicketHistory } from '../support/histories';
import { openTenantDb } from '../support/tenant-db';

const T0 = new Date('2026-11-23T08:00:00Z');
const at = (minutes: number): Date => new Date(T0.getTime() + minutes * 60_000);

jest.setTimeout(60_000);

let database: TestDatabase;
let admin: Client;
let setting: Setting;
let opened: Awaited<ReturnType<typeof openTenantDb>>;
let carrier: PostgresCarrier;
let projector: TicketFactsProjector;
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
  carrier = new PostgresCarrier(database.appUrl, createLog('silent'));
  projector = new TicketFactsProjector(opened.db);
  sweeper = new Sweeper(opened.db, opened.source);
  const live = new LiveFiguresProjector(opened.db, new FiguresSignal(carrier), createLog('silent'));
  verifier = new VerifyService(opened.source, live, projector);
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
      `select count(*)::int as left from event e, projection p where p.name = 'facts' and (e.xid, e.id) > (p.xid, p.id)`,
    );
    if (left === 0) return;
    await sleep(5);
  }
}

/** Facts from tickets, clocks and the log, in SQL alone. All of it happens on days of UTC+0 with hours from 9 to 17 every day. */
const RECOUNT = `
  select t.id as ticket_id, t.hub_id, (t.opened_at at time zone 'UTC')::date::text as day,
    extract(hour from t.opened_at at time zone 'UTC')::int * 2 + (extract(minute from t.opened_at)::int / 30) as interval_no,
    t.status not in ('resolved', 'closed') as open, t.status in ('new', 'open') and t.assignee_id is null as waiting,
    r.actor_id as agent_id, extract(epoch from r.at - t.opened_at)::int as first_calendar_s,
    (select sum(greatest(0, extract(epoch from least(r.at, d + time '17:00') - greatest(t.opened_at, d + time '09:00'))))::int
     from generate_series(date_trunc('day', t.opened_at), r.at, interval '1 day') d) as first_business_s,
    case when f.breached_at is not null then false when f.met_at is not null then true end as first_kept,
    case when s.breached_at is not null then false when s.met_at is not null then true end as resolution_kept,
    extract(epoch from s.met_at - t.opened_at)::int as resolution_calendar_s,
    (select count(*)::int from event e where e.ticket_id = t.id and e.type = 'ticket.status-changed' and e.data ->> 'to' = 'open'
       and e.data ->> 'from' in ('answered', 'resolved', 'closed')) as reopened
  from ticket t
    join sla_clock f on f.ticket_id = t.id and f.metric = 'first_response'
    join sla_clock s on s.ticket_id = t.id and s.metric = 'resolution'
    left join lateral (select at, actor_id from event e where e.ticket_id = t.id and e.type = 'ticket.replied' order by id limit 1) r on true
  order by 1`;
const FACTS = `
  select ticket_id, hub_id, day::text, interval_no, open, waiting, agent_id, first_calendar_s, first_business_s, first_kept, resolution_kept,
    resolution_calendar_s, reopened
  from ticket_fact order by 1`;
const SUMS = `
  select hub_id, key, sum(created)::int as created, sum(answered)::int as answered, sum(resolved)::int as resolved, sum(first_kept)::int as kept,
    sum(first_late)::int as late, sum(first_business_s)::int as seconds, sum((select coalesce(sum(n), 0) from unnest(first_business_h) n))::int as classes
  from report_day where dimension = $1 and grain = $2 group by 1, 2 having sum(created) > 0 order by 1, 2`;
const SUMS_OF_FACTS = (key: string): string => `
  select hub_id, ${key} as key, count(*)::int as created, count(first_calendar_s)::int as answered, count(resolution_calendar_s)::int as resolved,
    count(*) filter (where first_kept)::int as kept, count(*) filter (where not first_kept)::int as late,
    coalesce(sum(first_business_s), 0)::int as seconds, count(first_business_s)::int as classes
  from ticket_fact where ${key} is not null group by 1, 2 order by 1, 2`;

function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Leads some tickets through random lives over some days, on a connection of their own. */
async function livesOf(seed: number, steps: number): Promise<void> {
  const client = await connect();
  const roll = dice(seed);
  const tickets: TicketHistory[] = [];
  for (let step = 0; step < steps; step++) {
    const now = at(step * 37);
    await sweeper.sweep(now);
    const ticket = tickets[roll(tickets.length + 1)];
    if (!ticket) {
      const born = new TicketHistory(client, setting, setting.hubs[roll(setting.hubs.length)]);
      await born.create(now);
      tickets.push(born);
    } else if (ticket.status === 'closed') await ticket.note(now);
    else if (ticket.status === 'resolved') await ticket.move(roll(2) ? 'closed' : 'open', now);
    else
      await [
        () => ticket.assign([...setting.agents, null][roll(4)], now),
        () => ticket.move('open', now),
        () => ticket.move('pending', now),
        () => ticket.move('resolved', now),
        () => ticket.answer(now),
        () => ticket.note(now),
      ][roll(6)]();
  }
}

test.each([1, 2, 3])(
  'random lives at once, two projectors: facts and sums are those of a recount (seed %i)',
  async (seed) => {
    let living = true;
    const projecting = [projector, new TicketFactsProjector(opened.db)].map(async (one) => {
      while (living) await one.project().then(() => sleep(1));
    });
    await Promise.all([1, 2, 3].map((n) => livesOf(seed * 10 + n, 100)));
    living = false;
    await Promise.all(projecting);
    await projectAll();
    const facts = await rows(FACTS);
    expect(facts.length).toBeGreaterThan(10);
    expect(facts).toEqual(await rows(RECOUNT));
    for (const [dimension, key] of [
      ['all', `''`],
      ['agent', 'agent_id::text'],
      ['category', 'category_code'],
    ]) {
      const recount = await rows(SUMS_OF_FACTS(key));
      expect(recount.length).toBeGreaterThan(0);
      expect(await rows(SUMS, [dimension, 'day'])).toEqual(recount);
      expect(await rows(SUMS, [dimension, 'month'])).toEqual(recount);
    }
    expect((await verifier.report()).findings.filter(({ what }) => /fact|report/.test(what))).toEqual([]);
  },
);

test('waits for open transactions with lower numbers, and loses none of their events', async () => {
  const slow = await connect();
  await slow.query('begin');
  await slow.query('select pg_current_xact_id()');
  await new TicketHistory(admin, setting, setting.hubs[0]).create(T0);
  expect(await projector.project()).toBe(0);
  await slow.query('commit');
  await projectAll();
  expect(await rows(FACTS)).toHaveLength(1);
});

describe('verify', () => {
  beforeEach(async () => {
    const ticket = new TicketHistory(admin, setting, setting.hubs[0]);
    await ticket.create(at(120));
    await ticket.assign(setting.agents[0], at(121));
    await ticket.answer(at(125));
    await projectAll();
    expect(await verifier.report()).toMatchObject({ facts: 1, sums: 14, differences: 0 });
  });

  test.each([
    ['a fact that was touched up', 'update ticket_fact set first_business_s = 60', ['ticket fact', 'report']],
    ['a fact thrown away', 'delete from ticket_fact', ['ticket fact', 'report']],
    ['a sum', `update report_day set first_kept = 2 where dimension = 'all' and grain = 'month'`, ['report']],
    ['a class', `update report_day set first_business_h = '{1}' where dimension = 'all'`, ['report']],
    [
      'a reply dated back',
      `update event set at = at - interval '1 minute' where type = 'ticket.replied'`,
      ['ticket fact'],
    ],
  ])('finds %s', async (_, tamper, expected) => {
    await admin.query(tamper);
    const what = new Set((await verifier.verify()).map((finding) => finding.what));
    expect([...what]).toEqual(expected);
  });
});
