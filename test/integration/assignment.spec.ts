import type { INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { LoggedEvent } from '@app/platform/consumer';
import { AssignmentService } from '@app/features/routing/assignment.service';
import { RoutingModule } from '@app/features/routing/routing.module';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startContext, testConfig } from '../support/processes';
import { Arrange, until, type TestHub } from '../support/tickets';

describe('assignment', () => {
  let database: TestDatabase;
  let arrange: Arrange;
  let app: INestApplicationContext;
  let hub: TestHub;

  beforeEach(async () => {
    database = await createTestDatabase();
    arrange = await Arrange.open(database.adminUrl);
    hub = await arrange.hub('MS', true);
    app = await startContext(testConfig(database.appUrl), RoutingModule);
  });
  afterEach(async () => {
    await app.close();
    await arrange.close();
    await database.drop();
  });

  const assign = (ticketId: string): Promise<void> =>
    app
      .get(TenantDb)
      .system((tx) =>
        app.get(AssignmentService).assign(tx, { type: 'ticket.created', ticketId, data: {} } as LoggedEvent),
      );

  async function assigneeOf(ticketId: string): Promise<string | null> {
    const [ticket] = await arrange.rows<{ id: string | null }>('select assignee_id as id from ticket where id = $1', [
      ticketId,
    ]);
    return ticket.id;
  }

  it('shares a rush evenly: a load is never counted beside another choice', async () => {
    for (const name of ['A', 'B', 'C', 'D']) await arrange.staff(hub, 'agent', name);
    const tickets = await arrange.tickets(hub, 40);
    await Promise.all(tickets.map(assign));
    const loads = await arrange.rows('select count(*)::int as n from ticket group by assignee_id');
    expect(loads).toEqual([{ n: 10 }, { n: 10 }, { n: 10 }, { n: 10 }]);
  });

  it('assigns once when two workers race for one ticket', async () => {
    for (const name of ['A', 'B', 'C']) await arrange.staff(hub, 'agent', name);
    const ticketId = await arrange.ticket(hub);
    await Promise.all([assign(ticketId), assign(ticketId), assign(ticketId)]);
    const events = await arrange.rows<{ type: string; version: number; data: Record<string, unknown> }>(
      'select type, entity_version as version, data from event order by id',
    );
    const to = await assigneeOf(ticketId);
    expect(events).toEqual([
      { type: 'ticket.assigned', version: 2, data: { from: null, to, by: 'system', why: 'longest_idle' } },
      { type: 'ticket.status-changed', version: 2, data: { from: 'new', to: 'open', assigneeId: to } },
    ]);
  });

  it('leaves a ticket to the agent who claims it at the same moment', async () => {
    await arrange.staff(hub, 'agent', 'A');
    const claimer = await arrange.staff(hub, 'agent', 'B', { languages: [] });
    const ticketId = await arrange.ticket(hub);
    await arrange.rows('begin');
    await arrange.rows(`update ticket set assignee_id = $2, status = 'open' where id = $1`, [ticketId, claimer]);
    const other = await Arrange.open(database.adminUrl);
    const assigning = assign(ticketId);
    await until(
      () =>
        other.rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%update ticket%'`),
      (rows) => rows.length === 1,
    );
    await arrange.rows('commit');
    await assigning;
    await other.close();
    expect(await assigneeOf(ticketId)).toBe(claimer);
    expect(await arrange.rows('select 1 from event')).toEqual([]);
  });

  it('asks for the language, the clearance and the hub; without anybody the ticket waits', async () => {
    const elsewhere = await arrange.hub('FM');
    await arrange.staff(elsewhere, 'agent', 'Elsewhere', { cleared: true });
    await arrange.staff(hub, 'supervisor', 'Supervisor', { cleared: true });
    const french = await arrange.staff(hub, 'agent', 'French', { languages: ['fr'] });
    const ended = await arrange.staff(hub, 'agent', 'Ended', { cleared: true });
    await arrange.rows(`update membership set valid = '[2020-01-01,2021-01-01)' where account_id = $1`, [ended]);
    const [plain, arabic, restricted] = [
      await arrange.ticket(hub),
      await arrange.ticket(hub, { language: 'ar' }),
      await arrange.ticket(hub, { restricted: true }),
    ];
    for (const ticketId of [plain, arabic, restricted]) await assign(ticketId);
    expect([await assigneeOf(plain), await assigneeOf(arabic), await assigneeOf(restricted)]).toEqual([
      french,
      null,
      null,
    ]);
    const cleared = await arrange.staff(hub, 'agent', 'Cleared', { cleared: true });
    await assign(restricted);
    expect(await assigneeOf(restricted)).toBe(cleared);
  });
});
