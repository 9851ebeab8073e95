import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { TenantDb } from '@app/db/tenant-db';
import { consumersOf } from '@app/domain/events';

const BATCH = 500;

/**
 * Claims the rows of clocks of which something is due, and writes all that follows in one statement: it happens whole or not at all. A row
 * goes through every step that is due by now, in order, and rests at the next one. Clocks are locked with their rows and never waited for,
 * so that sweepers and people at work on a ticket cannot deadlock; what is skipped is due again in a second. A breach counts also when the
 * clock was met or paused only after it was due; the rest only while the clock runs. Instants are kept in milliseconds, as programs read
 * them.
 */
export const SWEEP = `
  with moment as materialized (
      select date_trunc('milliseconds', coalesce($1::timestamptz, clock_timestamp())) as at),
    due as materialized (
      select d.clock_id, d.ticket_id, d.hub_id, d.association_id, array_prepend(d.kind, d.later_kinds) as kinds, array_prepend(d.due_at, d.later_dues) as dues,
        c.metric, c.state, c.due_at as clock_due_at, c.met_at, c.breached_at
      from deadline d join sla_clock c on c.id = d.clock_id
      where d.due_at <= (select at from moment)
      order by d.due_at limit ${BATCH} for no key update of d, c skip locked),
    step as materialized (
      select due.clock_id, due.ticket_id, due.hub_id, due.association_id, due.metric, s.n, s.kind, s.at as due_at,
        case s.kind
          when 'breach' then due.breached_at is null and (due.state = 'running' or due.state = 'paused' and s.at = due.clock_due_at
            or due.state = 'met' and s.at <= due.met_at)
          else due.state = 'running' end as fires
      from due, moment m, unnest(due.kinds, due.dues) with ordinality as s(kind, at, n) where s.at <= m.at),
    passed as (
      select clock_id, max(n)::int as n, coalesce(array_agg(kind order by n) filter (where fires), '{}') as fired from step group by clock_id),
    moved as (
      update deadline d set kind = d.later_kinds[p.n], due_at = d.later_dues[p.n], later_kinds = d.later_kinds[p.n + 1:],
        later_dues = d.later_dues[p.n + 1:], done = d.done || p.fired
      from passed p where d.clock_id = p.clock_id),
    struck as (
      update sla_clock c
      set warned_at = case when 'warn' = any (p.fired) then m.at else c.warned_at end,
        breached_at = case when 'breach' = any (p.fired) then m.at else c.breached_at end
      from moment m, passed p where c.id = p.clock_id and p.fired && '{warn,breach}'),
    new_event as (
      insert into event (at, type, hub_id, association_id, ticket_id, data)
      select m.at, case when step.kind = 'warn' then 'clock.warned' when step.kind = 'breach' then 'clock.breached'
          when step.kind like 'notify:%' then 'ladder.told' else 'ladder.stepped' end, step.hub_id, step.association_id, step.ticket_id,
        jsonb_build_object('clockId', step.clock_id, 'metric', step.metric, 'kind', case when strpos(step.kind, ':') = 0 then step.kind else 'step' end,
          'dueAt', to_char(step.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          || case when strpos(step.kind, ':') = 0 then '{}' else jsonb_build_object('action', split_part(step.kind, ':', 1),
            'to', split_part(step.kind, ':', 2), 'step', split_part(step.kind, ':', 3)::int) end
      from step, moment m where step.fires order by step.due_at, step.n
      returning id, type),
    new_outbox as (
      insert into outbox (event_id, consumer)
      select e.id, jsonb_array_elements_text($2::jsonb -> e.type) from new_event e)
  select (select count(*)::int from due) as claimed, count(*)::int as passed, count(*) filter (where fires)::int as fired from step`;

export const SWEEP_CONSUMERS = JSON.stringify({
  'clock.warned': consumersOf('clock.warned'),
  'clock.breached': consumersOf('clock.breached'),
  'ladder.told': consumersOf('ladder.told'),
  'ladder.stepped': consumersOf('ladder.stepped'),
});

/**
 * Whether anything is due, in one message and one round trip: this is what a quiet second costs. The role lasts as long as the message.
 * The instant is a sub-select because a
 * volatile function would not use the index; the order makes the index the only sensible way.
 */
export function look(now?: Date): string {
  const instant = now ? `'${now.toISOString()}'::timestamptz` : 'clock_timestamp()';
  return `set local role sanad_system; select 1 from deadline where due_at <= (select ${instant}) order by due_at limit 1`;
}

interface Swept {
  claimed: number;
  passed: number;
  fired: number;
}

/** Turns due deadlines into warnings, breaches and steps of the ladder, each exactly once, whatever the number of sweepers. */
@Injectable()
export class Sweeper {
  private readonly pool: Pool;

  constructor(
    private readonly db: TenantDb,
    @Inject(getDataSourceToken()) source: DataSource,
  ) {
    this.pool = (source.driver as unknown as { master: Pool }).master;
  }

  /** Does all that is due at `now` (the database's clock when absent); returns how many steps were passed. */
  async sweep(now?: Date): Promise<number> {
    let total = 0;
    while (await this.anyDue(now)) {
      const { claimed, passed } = await this.sweepBatch(now);
      total += passed;
      if (claimed < BATCH) break;
    }
    return total;
  }

  private async anyDue(now?: Date): Promise<boolean> {
    const answers = (await this.pool.query(look(now))) as unknown as { rowCount: number }[];
    return answers.at(-1)!.rowCount > 0;
  }

  private sweepBatch(now?: Date): Promise<Swept> {
    return this.db.system(async (tx) => {
      // Sent along: whatever the planner believes of arrays, some hundred rows are fetched by their keys.
      tx.sql('set local enable_hashjoin = off; set local enable_mergejoin = off').catch(() => undefined);
      const [row] = await tx.query<Swept>('sweep', SWEEP, [now ?? null, SWEEP_CONSUMERS]);
      if (row.fired > 0) tx.logged = true;
      return row;
    });
  }
}
