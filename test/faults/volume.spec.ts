import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../support/oracle';
import { quantile, Rig, timed } from './rig';
import { hold } from './table';

/** An installation for each: what one leaves behind to be done would be measured with the next. */
let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
}, 120_000);
afterEach(() => rig?.close());

test('F29: an outbox with millions of rows that are done', async () => {
  const count = Number(process.env.FAULT_ROWS ?? 5_000_000);
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  const waits = async (): Promise<number> => {
    const [{ last }] = await ask<{ last: string }>(rig.world, 'select coalesce(max(id), 0) as last from event');
    const run = rig.load(api.url, { users: 2 });
    await sleep(4_000);
    expect((await run.judge()).lost).toBe(0);
    const rows = await ask<{ ms: number }>(
      rig.world,
      `select extract(epoch from o.done_at - e.at)::float8 * 1000 as ms from outbox o join event e on e.id = o.event_id where o.consumer = 'notification' and e.id > $1`,
      [last],
    );
    return quantile(
      rows.map((row) => row.ms),
      0.95,
    );
  };
  const empty = await waits();
  await ask(rig.world, `set session_replication_role = replica`);
  await ask(
    rig.world,
    `insert into outbox (event_id, consumer, done_at) select -n, 'mail', now() from generate_series(1, ${count}) n`,
  );
  await ask(rig.world, `set session_replication_role = origin`);
  await ask(rig.world, 'analyze outbox');
  const full = await waits();
  await ask(rig.world, 'delete from outbox where event_id < 0');
  hold('F29', `an outbox with ${count} done rows`, {
    'dispatch p95 against an empty one:': [full / Math.max(empty, 1), 2],
  });
}, 600_000);

/** So many questions, with all that belongs to them, straight into the tables: copies of one that was asked. */
async function copies(count: number): Promise<void> {
  const api = await rig.fleet.start('api');
  const run = rig.load(api.url, { users: 1 });
  await timed(async () => (run.load.statuses.get(201) ?? 0) > 0, 20_000);
  await run.load.stop();
  await api.kill();
  const columns = async (table: string, ...without: string[]): Promise<string> => {
    const rows = await ask<{ name: string }>(
      rig.world,
      `select column_name as name from information_schema.columns where table_name = $1 and is_generated = 'NEVER' and column_name <> all ($2) order by 1`,
      [table, without],
    );
    return rows.map((row) => row.name).join(', ');
  };
  const ticket = await columns('ticket', 'id', 'number', 'reference');
  const clock = await columns('sla_clock', 'id', 'ticket_id');
  const deadline = await columns('deadline', 'clock_id', 'ticket_id');
  await ask(rig.world, `set session_replication_role = replica`);
  await ask(
    rig.world,
    `create temp table twin as select (select id from ticket limit 1) as old, gen_random_uuid() as new, n from generate_series(1, ${count}) n`,
  );
  const { rows } = await rig.world.client.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'ticket' and column_name in ('number', 'reference')`,
  );
  const named = rows.map((row) => row.name);
  const values = named.map((name) => (name === 'number' ? '900000 + w.n' : `'COPY-' || w.n`));
  await ask(
    rig.world,
    `insert into ticket (id, ${[...named, ticket].join(', ')}) select w.new, ${[
      ...values,
      ticket
        .split(', ')
        .map((one) => `t.${one}`)
        .join(', '),
    ].join(', ')} from twin w join ticket t on t.id = w.old`,
  );
  await ask(
    rig.world,
    `create temp table clocks as select c.id as old, w.new as ticket, gen_random_uuid() as new from twin w join sla_clock c on c.ticket_id = w.old and c.metric = 'first_response'`,
  );
  await ask(
    rig.world,
    `insert into sla_clock (id, ticket_id, ${clock}) select k.new, k.ticket, ${clock
      .split(', ')
      .map((one) => `c.${one}`)
      .join(', ')} from clocks k join sla_clock c on c.id = k.old`,
  );
  await ask(
    rig.world,
    `insert into deadline (clock_id, ticket_id, ${deadline}) select k.new, k.ticket, ${deadline
      .split(', ')
      .map((one) => `d.${one}`)
      .join(', ')} from clocks k join deadline d on d.clock_id = k.old where d.due_at is not null`,
  );
  await ask(rig.world, `set session_replication_role = origin; analyze`);
}

test('F28: ten thousand deadlines of one second', async () => {
  const count = Number(process.env.FAULT_DEADLINES ?? 10_000);
  await copies(count);
  await rig.fleet.start('worker');
  await sleep(3_000);
  // Due in the same second, some seconds ahead: the clocks break at their breach.
  const [{ at, n }] = await ask<{ at: Date; n: number }>(
    rig.world,
    `with moment as (select date_trunc('second', clock_timestamp()) + interval '6 seconds' as at),
       moved as (update deadline d set due_at = m.at, kind = 'breach' from moment m, clocks k where k.new = d.clock_id returning 1),
       kept as (update sla_clock c set due_at = m.at, warned_at = m.at from moment m, clocks k where k.new = c.id returning 1)
     select at, (select count(*)::int from moved) as n from moment, (select count(*) from kept) x`,
  );
  await timed(
    async () =>
      (
        await ask(
          rig.world,
          `select 1 from sla_clock c join clocks k on k.new = c.id where breached_at is null limit 1`,
        )
      ).length === 0,
    120_000,
  );
  const [late] = await ask<{ last: number; events: number; twice: number; before: number }>(
    rig.world,
    `select extract(epoch from max(e.at) - $1::timestamptz)::float8 as last, count(*)::int as events,
       count(*)::int - count(distinct e.data ->> 'clockId')::int as twice, (count(*) filter (where e.at < $1))::int as before
     from event e join clocks k on k.new::text = e.data ->> 'clockId' where e.type = 'clock.breached'`,
    [at],
  );
  hold('F28', `${n} deadlines of one second`, {
    'not fired:': [n - (late.events - late.twice), 0],
    'fired twice:': [late.twice, 0],
    'fired early:': [late.before, 0],
    'last one late by s:': [late.last, 5],
  });
}, 600_000);
