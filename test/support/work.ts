import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import type { INestApplicationContext } from '@nestjs/common';
import type { Actor } from '@app/domain/access';
import { WorkModule } from '@app/features/work/work.module';
import { createTestDatabase, type TestDatabase } from './database';
import { startContext, testConfig } from './processes';
import { Arrange, type TestHub } from './tickets';

/** A hub whose tickets are offered, with as many processes as a test wants. */
export class WorkScene {
  readonly processes: INestApplicationContext[] = [];

  private constructor(
    readonly database: TestDatabase,
    public arrange: Arrange,
    readonly hub: TestHub,
  ) {}

  static async open(): Promise<WorkScene> {
    const database = await createTestDatabase();
    const arrange = await Arrange.open(database.adminUrl);
    const hub = await arrange.hub('MS', true);
    await arrange.rows(`insert into setting values ('assignment_mode', '{"default": "offers"}')`);
    return new WorkScene(database, arrange, hub);
  }

  async process(poolSize = 10): Promise<INestApplicationContext> {
    const one = await startContext(testConfig(this.database.appUrl, { poolSize }), WorkModule);
    this.processes.push(one);
    return one;
  }

  async close(): Promise<void> {
    for (const one of this.processes) await one.close();
    await this.arrange.close();
    await this.database.drop();
  }

  /** A connection of its own, as the superuser. */
  async asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.database.adminUrl });
    await client.connect();
    return work(client).finally(() => client.end());
  }

  /** After its connection was killed. */
  async reconnect(): Promise<void> {
    this.arrange = await Arrange.open(this.database.adminUrl);
  }

  /** Somebody of the hub, as the session would give it. */
  async agent(name: string, options: Parameters<Arrange['staff']>[3] = {}, hub = this.hub): Promise<Actor> {
    const accountId = await this.arrange.staff(hub, 'agent', name, options);
    return {
      accountId,
      name,
      role: 'agent',
      hubId: hub.id,
      hubIsNational: false,
      associationId: null,
      association: null,
      cleared: options.cleared ?? false,
      locale: 'fr',
    };
  }

  /** A work item that waits, written as the intake writes it; tickets are not needed for most rules. */
  async item(changes: Record<string, unknown> = {}): Promise<string> {
    const [id, subject] = [uuid(), uuid()];
    const row = {
      id,
      hub_id: this.hub.id,
      origin_hub_id: this.hub.id,
      kind: 'email',
      subject_id: subject,
      queue_id: this.hub.queueId,
      state: 'queued',
      priority: 'normal',
      required: '[{"skill":"fr","level":1,"floor":1}]',
      cost: 20,
      offer_seconds: 3_600,
      max_wait_seconds: 27_000,
      queued_at: new Date(),
      state_at: new Date(),
      ...changes,
    };
    const columns = Object.keys(row);
    await this.arrange.rows(
      `insert into work_item (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
    return id;
  }

  async items(count: number): Promise<void> {
    await this.arrange.rows(
      `insert into work_item (id, hub_id, origin_hub_id, kind, subject_id, queue_id, state, priority, required, cost, offer_seconds, max_wait_seconds, queued_at, state_at)
       select gen_random_uuid(), $1, $1, 'email', gen_random_uuid(), $2, 'queued', (array['urgent','high','normal','low'])[1 + n % 4],
         '[{"skill":"fr","level":1,"floor":1}]', 20, 3600, 27000, now() - n * interval '1 s', now()
       from generate_series(1, $3) n`,
      [this.hub.id, this.hub.queueId, count],
    );
  }

  async stateOf(itemId: string): Promise<{ state: string; accountId: string | null; queuedAt: Date }> {
    const [row] = await this.arrange.rows<{ state: string; accountId: string | null; queuedAt: Date }>(
      'select state, account_id as "accountId", queued_at as "queuedAt" from work_item where id = $1',
      [itemId],
    );
    return row;
  }

  offers(
    where = 'true',
  ): Promise<{ id: string; itemId: string; accountId: string; state: string; reason: string | null }[]> {
    return this.arrange.rows(
      `select id, item_id as "itemId", account_id as "accountId", state, reason from offer where ${where} order by id`,
    );
  }

  /** Items with two live offers, or agents whose points are not the sum of their items': never any. */
  async broken(): Promise<unknown[]> {
    return this.arrange.rows(`
      select 'two offers' as what, item_id as id from offer where ended_at is null group by item_id having count(*) > 1
      union all
      select 'points', a.account_id from agent_state a
      left join offer o on o.account_id = a.account_id and o.hub_id = a.hub_id and o.ended_at is null
      left join work_item i on i.id = o.item_id
      group by a.account_id, a.capacity_used
      having a.capacity_used <> coalesce(sum(case when i.interrupted_by is null then i.cost end), 0) or a.capacity_used > 100
      union all
      select 'place', i.id from work_item i
      where (i.state = 'offered') <> exists (select from offer o where o.item_id = i.id and o.state = 'pending')
        or (i.state in ('accepted', 'active', 'held', 'wrap_up')) <> exists (
          select from offer o where o.item_id = i.id and o.state = 'accepted' and o.ended_at is null)`);
  }
}
