import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { StepNotices } from '@app/features/notifications/step-notices.service';
import { Sweeper } from '@app/features/sla/sweeper.service';
import { LadderService } from '@app/features/tickets/ladder.service';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let other: TestPerson;
let supervisor: TestPerson;
let chief: TestPerson;

jest.setTimeout(90_000);

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  // Without a written language the dispatcher leaves the tickets to the test.
  agent = await t.world.staff('FM', 'agent', []);
  other = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  chief = await t.world.staff('FM', 'supervisor', []);
  await t.world.client.query(`update account set locale = 'ar' where id = $1`, [chief.accountId]);
}, 60_000);
afterAll(() => t?.stop());

const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await t.world.client.query<T>(sql, values)).rows;

interface Asked {
  id: string;
  version: number;
}

async function asked(): Promise<Asked> {
  const { body } = await t.ask(member, { categoryCode: 'CRE.01' }).expect(201);
  return body;
}

const read = async (id: string) => (await t.as(supervisor, 'get', `/tickets/${id}`).expect(200)).body;

async function claim({ id, version }: Asked, by = agent): Promise<void> {
  const call = t.as(by, 'put', `/tickets/${id}/assignment`).set('if-match', `"v${version}"`);
  await call.send({ assigneeId: 'me' }).expect(200);
}

/** Everything that is planned for a metric of these tickets falls due now, each a millisecond after the one before. */
const PAST = `
  update deadline d set due_at = now() - interval '1 minute',
    later_dues = array(select now() - interval '1 minute' + n * interval '1 ms' from generate_series(1, cardinality(d.later_dues)) n)
  from sla_clock c where c.id = d.clock_id and c.metric = $2 and c.ticket_id = any ($1) and d.due_at is not null`;
const fallDue = (ids: string[], metric: string) => t.world.client.query(PAST, [ids, metric]);

const eventsOf = (id: string) =>
  rows<{ type: string; data: Record<string, unknown> }>(
    'select type, data from event where ticket_id = $1 order by id',
    [id],
  );

const settled = (consumers = ['ladder', 'notice', 'assignment', 'notification', 'mail']) =>
  t.until(async () => {
    const left = await rows(
      `select 1 from outbox where done_at is null and dead_at is null and consumer = any ($1) union all select 1 from deadline where due_at <= now()`,
      [consumers],
    );
    return left.length === 0;
  });

test('a creation plans the whole ladder in one row for each clock', async () => {
  const { id } = await asked();
  const plans = await rows(
    `select c.metric, array_prepend(d.kind, d.later_kinds) as kinds from deadline d join sla_clock c on c.id = d.clock_id where d.ticket_id = $1 order by 1`,
    [id],
  );
  expect(plans).toEqual([
    {
      metric: 'first_response',
      kinds: ['warn', 'notify:assignee:1', 'breach', 'notify:supervisor:2', 'reassign:queue:3'],
    },
    {
      metric: 'resolution',
      kinds: ['warn', 'raise_priority:one_level:4', 'breach', 'climb:supervisor:5', 'climb:national:6'],
    },
  ]);
});

test('first response: people are told by the named means, in their language; whoever let it pass loses the ticket', async () => {
  const ticket = await asked();
  await claim(ticket);
  await fallDue([ticket.id], 'first_response');
  await settled();
  const told = await rows<{ account_id: string; step: number }>(
    `select account_id, (data ->> 'step')::int as step from notification where ticket_id = $1 and kind = 'ladder' order by step`,
    [ticket.id],
  );
  expect(told[0]).toEqual({ account_id: agent.accountId, step: 1 });
  expect(
    told
      .slice(1)
      .map((one) => one.account_id)
      .sort(),
  ).toEqual([supervisor.accountId, chief.accountId].sort());
  const mails = await rows(
    `select language, to_address from mail_message where ticket_id = $1 and template = 'ladder'`,
    [ticket.id],
  );
  expect(mails).toEqual(
    expect.arrayContaining([
      { language: 'fr', to_address: supervisor.email },
      { language: 'ar', to_address: chief.email },
    ]),
  );
  expect(mails).toHaveLength(2);
  expect((await read(ticket.id)).assignee).toBeNull();
  const requeued = (await eventsOf(ticket.id)).filter((event) => event.type === 'ticket.requeued');
  expect(requeued.map((event) => event.data)).toEqual([{ exceptId: agent.accountId }]);
  const history = (await t.as(supervisor, 'get', `/tickets/${ticket.id}/events`).expect(200)).body.items;
  const steps = history.filter((entry: { type: string }) => entry.type.startsWith('ladder.'));
  expect(steps.map((entry: { text: unknown }) => entry.text)).toEqual([
    { fr: 'Étape d’escalade : prévenir (conseiller)', ar: 'مرحلة من سلم التصعيد: إشعار (المستشار)' },
    { fr: 'Étape d’escalade : prévenir (superviseur)', ar: 'مرحلة من سلم التصعيد: إشعار (المشرف)' },
    {
      fr: 'Étape d’escalade : réattribuer le dossier (équipe)',
      ar: 'مرحلة من سلم التصعيد: إعادة إسناد الملف (الفريق)',
    },
  ]);
  expect(JSON.stringify((await t.as(member, 'get', `/tickets/${ticket.id}/events`)).body)).not.toContain('ladder');
});

test('resolution: the priority rises and the clocks are counted again, then the supervisor has it, then the national level', async () => {
  const ticket = await asked();
  await claim(ticket);
  const before = await read(ticket.id);
  await fallDue([ticket.id], 'resolution');
  await settled();
  const after = await read(ticket.id);
  expect(after).toMatchObject({ level: 'national', assignee: null });
  expect([before.priority, after.priority]).toEqual(['normal', 'high']);
  expect(after.promise.resolution.targetMinutes).toBeLessThan(before.promise.resolution.targetMinutes);
  expect(after.promise.resolution.startedAt).toBe(before.promise.resolution.startedAt);
  const events = await eventsOf(ticket.id);
  expect(
    events.filter(({ type, data }) => type === 'clock.moved' && data.metric !== 'holding').map(({ data }) => data.why),
  ).toEqual([['priority'], ['priority']]);
  expect(
    await rows('select from_level, to_level, reason from escalation where ticket_id = $1 order by at, id', [ticket.id]),
  ).toEqual([
    { from_level: 'agent', to_level: 'supervisor', reason: 'ladder' },
    { from_level: 'supervisor', to_level: 'national', reason: 'ladder' },
  ]);
  expect(
    await rows(`select 1 from ticket_grant where ticket_id = $1 and reason = 'national'`, [ticket.id]),
  ).toHaveLength(1);
  // What has taken effect is not planned again by the new due time.
  const [{ planned }] = await rows<{ planned: number }>(
    `select count(d.due_at)::int as planned from deadline d join sla_clock c on c.id = d.clock_id where c.ticket_id = $1 and c.metric = 'resolution'`,
    [ticket.id],
  );
  expect(planned).toBe(0);
});

test('a clock that stands still takes no step, and takes the rest of them when it goes on', async () => {
  const ticket = await asked();
  await claim(ticket);
  const wait = async (to: string) => {
    const { version } = await read(ticket.id);
    await t
      .as(agent, 'put', `/tickets/${ticket.id}/status`)
      .set('if-match', `"v${version}"`)
      .send({ status: to })
      .expect(200);
  };
  const planned = async () =>
    (
      await rows<{ kinds: string[] | null }>(
        `select case when d.due_at is not null then array_prepend(d.kind, d.later_kinds) end as kinds
         from deadline d join sla_clock c on c.id = d.clock_id where c.ticket_id = $1 and c.metric = 'resolution'`,
        [ticket.id],
      )
    )[0].kinds;
  const all = await planned();
  await t.world.client.query(
    `update deadline d set done = '{warn}' from sla_clock c where c.id = d.clock_id and c.ticket_id = $1 and c.metric = 'resolution'`,
    [ticket.id],
  );
  await wait('pending');
  expect(await planned()).toBeNull();
  await wait('open');
  expect(await planned()).toEqual(all!.filter((kind) => kind !== 'warn'));
});

test('an answer in time meets the clock and nothing of its ladder happens', async () => {
  const ticket = await asked();
  await claim(ticket);
  await t.write(agent, ticket.id, { body: 'Voici la réponse.' }).expect(201);
  await fallDue([ticket.id], 'first_response');
  await settled();
  expect((await eventsOf(ticket.id)).filter(({ type }) => type.startsWith('ladder.'))).toEqual([]);
});

test('two more workers race with the first, their connections are cut: each step of each ticket exactly once', async () => {
  const TICKETS = 25;
  const tickets = await Promise.all(Array.from({ length: TICKETS }, asked));
  await Promise.all(tickets.map((ticket) => claim(ticket, other)));
  const ids = tickets.map(({ id }) => id);
  const [sweeper, ladder, notices] = [t.app.get(Sweeper), t.app.get(LadderService), t.app.get(StepNotices)];
  let killed = 0;
  let running = true;
  const failed = (): void => undefined;
  const race = Array.from({ length: 2 }, async () => {
    while (running) {
      await Promise.all([
        sweeper.sweep().catch(failed),
        ladder.takeAll().catch(failed),
        notices.tellAll().catch(failed),
      ]);
    }
  });
  for (const metric of ['first_response', 'resolution']) await fallDue(ids, metric);
  const end = Date.now() + 2_000;
  while (Date.now() < end) {
    const cut = await rows(
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity where datname = current_database() and application_name = 'sanad'
         and state <> 'idle' order by random() limit 1) busy`,
    );
    killed += cut.length;
    await sleep(5);
  }
  running = false;
  await Promise.all(race);
  expect(killed).toBeGreaterThan(3); // else nothing was really interrupted
  // A cut connection counts as a failed try: the next one comes some seconds later.
  await t.world.client.query('update outbox set next_try_at = now() where done_at is null and dead_at is null');
  // What lay with a queue comes back when its lease has run out: that is the relay's own test.
  await settled(['ladder', 'notice']);
  const steps = await rows<{ step: number; events: number; tickets: number }>(
    `select (data ->> 'step')::int as step, count(*)::int as events, count(distinct ticket_id)::int as tickets
     from event where type like 'ladder.%' and ticket_id = any ($1) group by 1 order by 1`,
    [ids],
  );
  expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((step) => ({ step, events: TICKETS, tickets: TICKETS })));
  const [done] = await rows(
    `select (select count(*)::int from event where type = 'clock.breached' and ticket_id = any ($1)) as breaches,
       (select count(*)::int from mail_message where template = 'ladder' and ticket_id = any ($1)) as mails,
       (select count(*)::int from event where type = 'ticket.changed' and ticket_id = any ($1)) as raised,
       (select count(*)::int from escalation where ticket_id = any ($1)) as escalations,
       (select count(*)::int from outbox where dead_at is not null) as dead`,
    [ids],
  );
  // Mail goes to both supervisors for two steps of each ticket; at the national level there is nobody here.
  expect(done).toEqual({
    breaches: 2 * TICKETS,
    mails: 4 * TICKETS,
    raised: TICKETS,
    escalations: 2 * TICKETS,
    dead: 0,
  });
});

async function several(count: number): Promise<string[]> {
  const tickets = await Promise.all(Array.from({ length: count }, asked));
  await Promise.all(tickets.map((ticket) => claim(ticket, other)));
  return tickets.map(({ id }) => id);
}

const waitsForLock = (part: string) =>
  rows<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'sanad' and wait_event_type = 'Lock'
       and strpos(query, $1) > 0 and query not like '%pg_stat_activity%'`,
    [part],
  );

/** What became of the three steps on the resolution of these tickets. */
const outcome = async (ids: string[]) =>
  (
    await rows(
      `select (select count(*)::int from event where type = 'ladder.stepped' and ticket_id = any ($1) and data ->> 'metric' = 'resolution') as steps,
         (select count(*)::int from event where type = 'ticket.changed' and ticket_id = any ($1)) as raised,
         (select count(*)::int from ticket where id = any ($1) and priority = 'high') as high,
         (select count(*)::int from escalation where ticket_id = any ($1)) as escalations,
         (select count(*)::int from event where type = 'ticket.escalated' and ticket_id = any ($1)) as escalated,
         (select count(*)::int from ticket where id = any ($1) and level = 'national' and assignee_id is null) as national`,
      [ids],
    )
  )[0];

test('a batch whose worker dies while it is written leaves nothing behind, and is done once afterwards', async () => {
  const TICKETS = 12;
  const ids = await several(TICKETS);
  const holder = new Client({ connectionString: t.database.adminUrl });
  await holder.connect();
  await holder.query('begin; lock table escalation in share mode');
  await fallDue(ids, 'resolution');
  // The statement of the batch has begun with its tickets, and comes no further than the first escalation.
  const [{ pid }] = await t.until(async () => {
    const found = await waitsForLock('escalation_added');
    return found.length > 0 && found;
  }, 20_000);
  expect(await outcome(ids)).toMatchObject({ raised: TICKETS, escalations: 0, escalated: 0, national: 0 });
  await rows('select pg_terminate_backend($1)', [pid]);
  await holder.query('rollback');
  await holder.end();
  await t.world.client.query('update outbox set next_try_at = now() where done_at is null and dead_at is null');
  await settled(['ladder', 'notice']);
  expect(await outcome(ids)).toEqual({
    steps: 3 * TICKETS,
    raised: TICKETS,
    high: TICKETS,
    escalations: 2 * TICKETS,
    escalated: 2 * TICKETS,
    national: TICKETS,
  });
});

test('a ticket that cannot be written holds up no other of its batch', async () => {
  const TICKETS = 6;
  const ids = await several(TICKETS);
  const [bad, ...good] = ids;
  const [{ version }] = await rows<{ version: number }>('select version from ticket where id = $1', [bad]);
  const counted = (to: number) => t.world.client.query('update ticket set version = $2 where id = $1', [bad, to]);
  await counted(2 ** 31 - 1);
  await fallDue(ids, 'resolution');
  const waiting = await t.until(async () => {
    const left = await rows<{ ticket_id: string; tried: boolean; last_error: string | null }>(
      `select e.ticket_id, o.attempts > 0 as tried, o.last_error from outbox o join event e on e.id = o.event_id
       where o.consumer = 'ladder' and o.done_at is null and e.ticket_id = any ($1) order by o.event_id`,
      [ids],
    );
    const swept = (await rows('select 1 from deadline where due_at <= now()')).length === 0;
    return swept && left.length > 0 && left.every((one) => one.ticket_id === bad) && left[0].tried && left;
  }, 20_000);
  // Its later steps wait for the one that fails.
  expect(waiting.map((one) => one.last_error)).toEqual(['22003', null, null]);
  expect(await outcome(good)).toMatchObject({ raised: TICKETS - 1, escalations: 2 * (TICKETS - 1) });
  expect(await outcome([bad])).toMatchObject({ raised: 0, escalations: 0 });
  await counted(version);
  await t.world.client.query('update outbox set next_try_at = now() where done_at is null and dead_at is null');
  await settled(['ladder', 'notice']);
  expect(await outcome(ids)).toMatchObject({ raised: TICKETS, escalations: 2 * TICKETS, national: TICKETS });
});
