import { Inject, Injectable } from '@nestjs/common';
import { leaveOut } from '@app/db/leave-out';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { isPromise } from '@app/domain/promise';
import { type PromiseChangeOf, type Renewal, renewals } from '@app/domain/promise-renewal';
import { LOG, type Log } from '@app/platform/log';
import { ReferenceData } from '../directory/reference-data';
import { FIRST_ID, lockOpenTickets, type OpenTicketRow } from './open-tickets';
import { type ChangeReason, rulesOf } from './planned-change';
import { REPLAN } from './replan';

/** Processes look for new reference data each second; when this has passed, nobody promises by the old one any more. */
export const SETTLED_MS = 5_000;

interface ChangeRow {
  id: string;
  hubId: string | null;
  why: ChangeReason;
  policyIds: string[];
  calendarId: string | null;
  replacesId: string | null;
  versionId: string | null;
  pass: number;
  cursor: string;
}

interface Moved {
  ticket: OpenTicketRow;
  renewed: Renewal[];
}

/**
 * A change that is not done and that nobody else is at work on; what has to settle first does not keep others waiting. One at a time,
 * whoever asks.
 */
const CLAIM = `
  select id, hub_id as "hubId", why, policy_ids as "policyIds", calendar_id as "calendarId", replaces_id as "replacesId", version_id as "versionId", pass, cursor
  from sla_change where id = (
    select id from sla_change where done_at is null and (pass = 1 or published_at <= $1) order by pass, published_at, id limit 1)
  for update skip locked`;

const RENEW = `
  with x as materialized (
      select * from jsonb_to_recordset($1::jsonb) as x(id uuid, policy_version_id uuid, calendar_version_id uuid, time text, target_minutes int,
        due_at timestamptz)),
    clocks as (
      update sla_clock c set policy_version_id = x.policy_version_id, calendar_version_id = x.calendar_version_id, time = x.time,
        target_minutes = x.target_minutes, due_at = x.due_at
      from x where c.id = x.id),
    deadlines as (${REPLAN('$8')}),
    tickets as (
      update ticket t set next_due_at = y.next_due_at, version = t.version + 1
      from jsonb_to_recordset($2::jsonb) as y(id uuid, next_due_at timestamptz) where t.id = y.id)
  update sla_change set cursor = $4, clocks_moved = clocks_moved + $5, clocks_late = clocks_late + $6, tickets_moved = tickets_moved + $7
  where id = $3`;

/** Takes open clocks over to what was published, a batch in a transaction, each with the reason why it moved. */
@Injectable()
export class RecomputeService {
  /** Tickets in a transaction. */
  batch = 200;

  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Does what waits; returns how many clocks moved. A change that must settle first is left for a later call. */
  async runAll(now?: Date): Promise<number> {
    let moved = 0;
    for (;;) {
      const step = await this.db.system((tx) => this.step(tx), now);
      if (step === null) return moved;
      moved += step;
    }
  }

  /** One batch; null when nothing can be done now. */
  async step(tx: TenantTx): Promise<number | null> {
    const settled = new Date(tx.now.getTime() - SETTLED_MS);
    const [change] = await tx.query<ChangeRow>('change-claim', CLAIM, [settled]);
    if (!change) return null;
    await this.refresh(change);
    const tickets = await lockOpenTickets(tx, change.cursor, { hubId: change.hubId, limit: this.batch });
    if (tickets.length === 0) return this.passed(tx, change);
    const moved = tickets.flatMap((ticket) => this.renew(ticket, change, tx.now));
    const cursor = tickets.at(-1)!.id;
    const counts = await leaveOut(
      tx,
      moved,
      (some) => this.write(tx, change, some, cursor),
      ({ ticket }, error) => this.keeps(ticket, error),
    );
    // Also behind tickets of which none was written.
    if (counts.length === 0) await this.write(tx, change, [], cursor);
    return counts.reduce((sum, one) => sum + one, 0);
  }

  /** A worker that has not yet heard of the version reads it first. */
  private async refresh({ versionId }: ChangeRow): Promise<void> {
    const { policyVersions, calendarVersions } = this.reference.current;
    if (versionId && !policyVersions.has(versionId) && !calendarVersions.has(versionId)) await this.reference.reload();
  }

  private renew(ticket: OpenTicketRow, change: ChangeRow, now: Date): Moved[] {
    try {
      const renewed = renewals(ticket, this.changeOf(change), rulesOf(this.reference.current), now);
      return renewed.length > 0 ? [{ ticket, renewed }] : [];
    } catch (error) {
      this.keeps(ticket, error as Error);
      return [];
    }
  }

  /** Nothing may stop the others: what cannot be counted, or is refused, keeps what was promised. */
  private keeps({ id }: OpenTicketRow, { message }: Error): void {
    this.log.warn({ err: message, ticketId: id }, 'a promise could not be counted again');
  }

  /** A calendar that was changed again meanwhile is taken as it is now. */
  private changeOf({ policyIds, calendarId, replacesId }: ChangeRow): PromiseChangeOf {
    if (!calendarId) return { policyIds: new Set(policyIds) };
    const { versionId } = this.reference.current.calendars.get(calendarId)!;
    return { calendar: { calendarId, versionId, replacesId } };
  }

  private async write(tx: TenantTx, change: ChangeRow, found: readonly Moved[], cursor: string): Promise<number> {
    const renewed = found.flatMap((one) => one.renewed);
    const shifted = found.filter((one) => one.renewed.some((clock) => clock.moved));
    const moved = renewed.filter((one) => one.moved);
    for (const { ticket, renewed: own } of shifted) emitMoves(tx, change, ticket, own);
    await tx.query('change-renew', RENEW, [
      JSON.stringify(renewed.map(clockRow)),
      JSON.stringify(shifted.map(({ ticket, renewed: own }) => ({ id: ticket.id, next_due_at: nextDue(ticket, own) }))),
      change.id,
      cursor,
      moved.length,
      moved.filter((one) => one.late).length,
      shifted.length,
      JSON.stringify(renewed.map(planRow)),
    ]);
    return moved.length;
  }

  private async passed(tx: TenantTx, change: ChangeRow): Promise<number> {
    if (change.pass === 2)
      await tx.query('change-done', 'update sla_change set done_at = $2 where id = $1', [change.id, tx.now]);
    else
      await tx.query('change-pass', 'update sla_change set pass = 2, cursor = $2 where id = $1', [change.id, FIRST_ID]);
    return 0;
  }
}

function clockRow(one: Renewal): object {
  return {
    id: one.clock.id,
    policy_version_id: one.policyVersionId,
    calendar_version_id: one.calendarVersionId,
    time: one.time,
    target_minutes: one.targetMinutes,
    due_at: one.dueAt,
  };
}

function planRow({ clock, steps }: Renewal): object {
  return { clock_id: clock.id, kinds: steps.map((step) => step.kind), dues: steps.map((step) => step.at) };
}

function nextDue(ticket: OpenTicketRow, renewed: readonly Renewal[]): Date | null {
  const now = new Map(renewed.map((one) => [one.clock.id, one.dueAt]));
  const dues = ticket.clocks
    .filter((clock) => clock.state === 'running' && isPromise(clock))
    .flatMap((clock) => (now.has(clock.id) ? now.get(clock.id)! : clock.dueAt)?.getTime() ?? []);
  return dues.length > 0 ? new Date(Math.min(...dues)) : null;
}

function emitMoves(tx: TenantTx, change: ChangeRow, ticket: OpenTicketRow, renewed: readonly Renewal[]): void {
  for (const { clock, dueAt, ...next } of renewed.filter((one) => one.moved)) {
    tx.emit({
      type: 'clock.moved',
      hubId: ticket.hubId,
      associationId: ticket.associationId,
      ticketId: ticket.id,
      entityVersion: ticket.version + 1,
      data: {
        clockId: clock.id,
        metric: clock.metric,
        state: clock.state,
        from: clock.dueAt,
        dueAt,
        why: [change.why],
        changeId: change.id,
        policyVersionId: next.policyVersionId,
        calendarVersionId: next.calendarVersionId,
      },
    });
  }
}
