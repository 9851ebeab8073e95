import { v7 as uuid } from 'uuid';
import type { Client } from 'pg';

const MINUTE = 60_000;
export const FIRST_RESPONSE_MINUTES = 60;
export const RESOLUTION_MINUTES = 600;

export interface Place {
  hubId: string;
  queueId: string;
}

/** What every ticket of a test points to. */
export interface Setting {
  hubs: Place[];
  agents: string[];
  policyVersionId: string;
  calendarVersionId: string;
}

/** The least reference data with which tickets can exist. */
export async function insertSetting(client: Client, hubCount = 2): Promise<Setting> {
  const [calendar, calendarVersionId, policy, policyVersionId] = [uuid(), uuid(), uuid(), uuid()];
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const week = Object.fromEntries(days.map((day) => [day, [['09:00', '17:00']]]));
  const definition = { zone: 'Africa/Casablanca', week, seasons: [], closures: [], overrides: [] };
  await client.query(`insert into calendar values ($1, 'TEST', 't', 't')`, [calendar]);
  await client.query(`insert into calendar_version values ($1, $2, 1, $3, now())`, [
    calendarVersionId,
    calendar,
    definition,
  ]);
  await client.query(`insert into sla_policy values ($1, 'TEST', null, 1)`, [policy]);
  await client.query(`insert into sla_policy_version values ($1, $2, 1, '{}', now())`, [policyVersionId, policy]);
  await client.query(`insert into place values ('MA-01', null, 'region', 'x', 'x')`);
  await client.query(
    `insert into category (code, kind, name_fr, name_ar, name_en) values ('test', 'legal', 'x', 'x', 'x')`,
  );
  const hubs = [];
  for (let i = 0; i < hubCount; i++) {
    const [hubId, queueId] = [uuid(), uuid()];
    await client.query(
      `insert into hub (id, code, name_fr, name_ar, status, calendar_id) values ($1, $2, 'x', 'x', 'active', $3)`,
      [hubId, `H${String.fromCharCode(65 + i)}`, calendar],
    );
    await client.query(`insert into queue (id, hub_id, code, name_fr, name_ar) values ($1, $2, 'Q', 'x', 'x')`, [
      queueId,
      hubId,
    ]);
    hubs.push({ hubId, queueId });
  }
  const agents = [uuid(), uuid(), uuid()];
  for (const [i, id] of agents.entries()) {
    await client.query(
      `insert into account (id, email, password_hash, name, created_at) values ($1, $2, '-', $3, now())`,
      [id, `agent${i}@example.org`, `Agent ${i}`],
    );
  }
  return { hubs, agents, policyVersionId, calendarVersionId };
}

/** One ticket led through its life by plain SQL: rows and events in one transaction each, as the application writes them. */
export class TicketHistory {
  readonly id = uuid();
  readonly clocks = { first_response: uuid(), resolution: uuid() };
  status = 'new';
  assigneeId: string | null = null;
  private pausedMs = 0;
  private pausedSince: Date | null = null;
  private openedAt: Date;

  constructor(
    private readonly client: Client,
    private readonly setting: Setting,
    private readonly place: Place,
  ) {}

  create(now: Date): Promise<void> {
    const { hubId, queueId } = this.place;
    this.openedAt = now;
    return this.transaction(async () => {
      await this.client.query(
        `insert into ticket (id, reference, hub_id, origin_hub_id, place_code, channel, language, answer_language, kind, advice_level, category_code,
           queue_id, priority, confidentiality, needs_validation, status, subject, opened_at, updated_at)
         values ($1, $2, $3, $3, 'MA-01', 'phone', 'fr', 'fr', 'legal', 'orientation', 'test', $4, 'normal', 'normal', false, 'new', 'x', $5, $5)`,
        [this.id, this.id, hubId, queueId, now],
      );
      for (const [metric, id] of Object.entries(this.clocks)) {
        const minutes = metric === 'resolution' ? RESOLUTION_MINUTES : FIRST_RESPONSE_MINUTES;
        const due = new Date(now.getTime() + minutes * MINUTE);
        await this.client.query(
          `insert into sla_clock (id, ticket_id, hub_id, metric, policy_version_id, calendar_version_id, time, target_minutes, started_at, due_at, state)
           values ($1, $2, $3, $4, $5, $6, 'calendar', $7, $8, $9, 'running')`,
          [id, this.id, hubId, metric, this.setting.policyVersionId, this.setting.calendarVersionId, minutes, now, due],
        );
        await this.client.query(
          `insert into deadline (clock_id, kind, ticket_id, hub_id, due_at, later_kinds, later_dues) values ($1, 'warn', $2, $3, $4, '{breach}', array[$5::timestamptz])`,
          [id, this.id, hubId, new Date(due.getTime() - 15 * MINUTE), due],
        );
      }
      await this.log('ticket.created', now, { status: 'new', assigneeId: null, clocks: Object.values(this.clocks) });
    });
  }

  assign(to: string | null, now: Date): Promise<void> {
    return this.transaction(async () => {
      await this.client.query('update ticket set assignee_id = $2 where id = $1', [this.id, to]);
      await this.log('ticket.assigned', now, { from: this.assigneeId, to });
      this.assigneeId = to;
    });
  }

  /** Waiting pauses resolution, resolved meets every clock, closed ends the story. */
  move(to: 'open' | 'pending' | 'resolved' | 'closed', now: Date): Promise<void> {
    return this.transaction(async () => {
      await this.client.query('update ticket set status = $2 where id = $1', [this.id, to]);
      const pauses = to === 'pending';
      if (pauses && !this.pausedSince) await this.pause(now);
      if (!pauses && this.pausedSince) await this.resume(now);
      if (to === 'resolved') await this.meet(Object.values(this.clocks), now);
      await this.log('ticket.status-changed', now, { from: this.status, to, assigneeId: this.assigneeId });
      this.status = to;
    });
  }

  /** A public answer of the person who has the ticket. */
  answer(now: Date): Promise<void> {
    return this.transaction(async () => {
      await this.meet([this.clocks.first_response], now);
      await this.log('ticket.replied', now, {}, this.assigneeId);
    });
  }

  /** An event that no figure needs. */
  note(now: Date): Promise<void> {
    return this.transaction(() => this.log('ticket.noted', now, { b: [1, null], a: 'é' }));
  }

  private async meet(clocks: string[], now: Date): Promise<void> {
    const { rows } = await this.client.query<{ id: string }>(
      `update sla_clock set state = 'met', met_at = $2 where id = any ($1) and met_at is null returning id`,
      [clocks, now],
    );
    for (const { id } of rows) {
      await this.client.query(
        `update deadline set kind = null, due_at = null, later_kinds = '{}', later_dues = '{}' where clock_id = $1`,
        [id],
      );
      await this.log('clock.met', now, { clockId: id });
    }
  }

  private async pause(now: Date): Promise<void> {
    this.pausedSince = now;
    await this.client.query(
      `insert into sla_pause (id, ticket_id, hub_id, from_at, reason) values ($1, $2, $3, $4, 'pending')`,
      [uuid(), this.id, this.place.hubId, now],
    );
    await this.moveClock('paused', now, null);
  }

  private async resume(now: Date): Promise<void> {
    this.pausedMs += now.getTime() - this.pausedSince!.getTime();
    this.pausedSince = null;
    await this.client.query('update sla_pause set to_at = $2 where ticket_id = $1 and to_at is null', [this.id, now]);
    const due = new Date(this.openedAt.getTime() + RESOLUTION_MINUTES * MINUTE + this.pausedMs);
    await this.moveClock('running', now, due);
  }

  private async moveClock(state: string, now: Date, due: Date | null): Promise<void> {
    const id = this.clocks.resolution;
    const { rowCount } = await this.client.query(
      `update sla_clock set state = $2, due_at = case when breached_at is null then $3 else due_at end,
         warned_at = case when breached_at is null then null else warned_at end where id = $1 and met_at is null`,
      [id, state, due],
    );
    if (!rowCount) return;
    await this.client.query(
      `update deadline d set done = '{}', kind = case when $2::timestamptz is not null then 'warn' end, due_at = $2::timestamptz - interval '15 minutes',
         later_kinds = case when $2::timestamptz is null then '{}' else '{breach}'::text[] end, later_dues = array_remove(array[$2::timestamptz], null)
       from sla_clock c where c.id = d.clock_id and c.id = $1 and c.breached_at is null`,
      [id, due],
    );
    await this.log('clock.moved', now, { clockId: id, state, dueAt: due });
  }

  private async log(
    type: string,
    at: Date,
    data: Record<string, unknown>,
    actorId: string | null = null,
  ): Promise<void> {
    await this.client.query(
      'insert into event (at, type, hub_id, ticket_id, data, actor_id) values ($1, $2, $3, $4, $5, $6)',
      [at, type, this.place.hubId, this.id, data, actorId],
    );
  }

  private async transaction(work: () => Promise<void>): Promise<void> {
    await this.client.query('begin');
    await work();
    await this.client.query('commit');
  }
}
