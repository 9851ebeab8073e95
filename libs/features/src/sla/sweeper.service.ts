import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { TenantDb } from '@app/db/tenant-db';
import { consumersOf } from '@app/domain/events';

const BATCH = 500;

/**
 * Claims due rows and writes everything that follows from them in one statement: it happens whole or not at all. Clocks are locked with
 * their deadlines and never waited for, so that sweepers and people at work on a ticket cannot deadlock; what is skipped is due again in
 * a second. A breach counts also when the clock was met or paused only after it was due. Instants are kept in milliseconds, as
 * programs read them.
 */
export const SWEEP = `
  with moment as materialized (
      select date_trunc('milliseconds', coalesce($1::timestamptz, clock_timestamp())) as at),
    due as materialized (
      select d.clock_id, d.kind, d.ticket_id, d.hub_id, d.association_id, d.due_at, c.metric,
        case d.kind
          when 'warn' then c.state = 'running'
          when 'breach' then c.breached_at is null and (c.state = 'running' or c.state = 'paused' and d.due_at = c.due_at
            or c.state = 'met' and d.due_at <= c.met_at)
          else false end as fires
      from deadline d join sla_clock c on c.id = d.clock_id
      where d.done_at is null and d.due_at <= (select at from moment)
      order by d.due_at limit ${BATCH} for no key update of d, c skip locked),
    done as (
      update deadline d set done_at = m.at from due, moment m where d.clock_id = due.clock_id and d.kind = due.kind),
    struck as (
      update sla_clock c
      set warned_at = case when x.warns then m.at else c.warned_at end, breached_at = case when x.breaches then m.at else c.breached_at end
      from moment m, (
        select clock_id, bool_or(kind = 'warn') as warns, bool_or(kind = 'breach') as breaches from due where fires group by clock_id) x
      where c.id = x.clock_id),
    new_event as (
      insert into event (at, type, hub_id, association_id, ticket_id, data)
      select m.at, case due.kind when 'warn' then 'clock.warned' else 'clock.breached' end, due.hub_id, due.association_id, due.ticket_id,
        jsonb_build_object('clockId', due.clock_id, 'metric', due.metric, 'kind', due.kind,
          'dueAt', to_char(due.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from due, moment m where due.fires order by due.due_at, due.kind desc
      returning id, type),
    new_outbox as (
      insert into outbox (event_id, consumer)
      select e.id, jsonb_array_elements_text($2::jsonb -> e.type) from new_event e)
  select count(*)::int as claimed, count(*) filter (where fires)::int as fired from due`;

export const SWEEP_CONSUMERS = JSON.stringify({
  'clock.warned': consumersOf('clock.warned'),
  'clock.breached': consumersOf('clock.breached'),
});

/**
 * Whether anything is due, in one message and one round trip: this is what a quiet second costs. The role lasts as long as the message.
 * The instant is a sub-select because a
 * volatile function would not use the index; the order makes the index the only sensible way.
 */
export function look(now?: Date): string {
  const instant = now ? `'${now.toISOString()}'::timestamptz` : 'clock_timestamp()';
  return `set local role sanad_system; select 1 from deadline where done_at is null and due_at <= (select ${instant}) order by due_at limit 1`;
}

/** Turns due deadlines into warnings and breaches, each exactly once, whatever the number of sweepers. */
@Injectable()
export class Sweeper {
  private readonly pool: Pool;

  constructor(
    private readonly db: TenantDb,
    @Inject(getDataSourceToken()) source: DataSource,
  ) {
    this.pool = (source.driver as unknown as { master: Pool }).master;
  }

  /** Does all that is due at `now` (the database's clock when absent); returns how many deadlines were done. */
  async sweep(now?: Date): Promise<number> {
    if (!(await this.anyDue(now))) return 0;
    let total = 0;
    for (;;) {
      const claimed = await this.sweepBatch(now);
      total += claimed;
      if (claimed < BATCH) return total;
    }
  }

  private async anyDue(now?: Date): Promise<boolean> {
    const answers = (await this.pool.query(look(now))) as unknown as { rowCount: number }[];
    return answers.at(-1)!.rowCount > 0;
  }

  private sweepBatch(now?: Date): Promise<number> {
    return this.db.system(async (tx) => {
      const [row] = await tx.query<{ claimed: number; fired: number }>('sweep', SWEEP, [now ?? null, SWEEP_CONSUMERS]);
      if (row.fired > 0) tx.logged = true;
      return row.claimed;
    });
  }
}
