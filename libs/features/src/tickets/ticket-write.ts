import { eventCtes, eventShape, eventValues } from '@app/db/event-log';
import type { TenantTx } from '@app/db/tenant-db';
import type { EventType } from '@app/domain/events';
import { isOpenClock, isPromise, stepPromise, type InForce, type LiveClock } from '@app/domain/promise';
import { endsResolution } from '@app/domain/ticket-status';
import { targetFor, type TimeKind } from '@app/domain/sla-policy';
import type { Status } from '@app/domain/ticket';
import type { ReferenceData } from '../directory/reference-data';
import { writePromise } from './clock-writes';
import { idempotencyCte, idempotencyValues, type IdempotentRequest } from './idempotency';
import { policyFor, saidOf } from './ticket-draft';
import type { FoundTicket } from './ticket-find';
import type { TicketRow } from './ticket-row';

/** The columns that an act may change, always written together so that the statement has one shape. */
export const MUTABLE: readonly [keyof TicketRow, string, string][] = [
  ['status', 'status', 'text'],
  ['holdReason', 'hold_reason', 'text'],
  ['level', 'level', 'text'],
  ['assigneeId', 'assignee_id', 'uuid'],
  ['assigneeName', 'assignee_name', 'text'],
  ['categoryCode', 'category_code', 'text'],
  ['kind', 'kind', 'text'],
  ['adviceLevel', 'advice_level', 'text'],
  ['queueId', 'queue_id', 'uuid'],
  ['priority', 'priority', 'text'],
  ['confidentiality', 'confidentiality', 'text'],
  ['needsValidation', 'needs_validation', 'boolean'],
  ['language', 'language', 'text'],
  ['answerLanguage', 'answer_language', 'text'],
  ['subject', 'subject', 'text'],
  ['tags', 'tags', 'text[]'],
  ['nextDueAt', 'next_due_at', 'timestamptz'],
  ['lastPublicMessageId', 'last_public_message_id', 'uuid'],
  ['mergedInto', 'merged_into', 'uuid'],
  ['answeredAt', 'answered_at', 'timestamptz'],
  ['resolvedAt', 'resolved_at', 'timestamptz'],
  ['closedAt', 'closed_at', 'timestamptz'],
  ['updatedAt', 'updated_at', 'timestamptz'],
];

interface Repeatable {
  request: IdempotentRequest;
  answer: object;
}

/** One act on a locked ticket: gathers what changes and writes it, events included, in one statement. */
export class TicketWrite {
  readonly row: TicketRow;
  private readonly ctes: string[] = [];
  private readonly values: unknown[] = [];
  private readonly shape: string[] = [];

  /** In whose name this is done, when it is not the actor who carries it out. */
  by: string | null = null;

  constructor(
    private readonly tx: TenantTx,
    private readonly found: FoundTicket,
    private readonly reference: ReferenceData,
  ) {
    this.row = { ...found.row, version: found.row.version + 1, updatedAt: tx.now };
  }

  emit(type: EventType, data: Record<string, unknown> = {}): void {
    const { hubId, associationId, id, version } = this.row;
    const by = this.by === null ? {} : { actorId: this.by };
    this.tx.emit({ type, hubId, associationId, ticketId: id, entityVersion: version, data, ...by });
  }

  /** Gives the ticket to somebody, or to nobody. */
  assign(to: { id: string; name: string } | null): void {
    const from = this.row.assigneeId;
    if (from === (to?.id ?? null)) return;
    Object.assign(this.row, { assigneeId: to?.id ?? null, assigneeName: to?.name ?? null });
    this.emit('ticket.assigned', { from, to: to?.id ?? null });
  }

  /** Moves the status and, with it, the promise. */
  step(to: Status, options: { holdReason?: string | null; humanReply?: boolean; asked?: boolean } = {}): void {
    const from = this.row.status;
    const { now } = this.tx;
    const holdPauses = this.reference
      .reasons('hold_reasons')
      .some((one) => one.code === options.holdReason && one.pausesClock);
    const clocks = this.liveClocks();
    const inForce = this.inForce(clocks);
    const change = stepPromise(clocks, this.found.pauses, {
      from,
      to,
      holdPauses,
      humanReply: options.humanReply ?? false,
      asks: options.asked ? this.nextResponse(inForce) : null,
      inForce,
      now,
    });
    this.row.status = to;
    this.row.holdReason = options.holdReason ?? null;
    this.row.nextDueAt = change.nextDueAt;
    if (options.humanReply) this.row.answeredAt = now;
    this.row.resolvedAt = endsResolution(to) ? (this.row.resolvedAt ?? now) : null;
    this.row.closedAt = to === 'closed' ? now : null;
    // Before what it does to the clocks: a reopened ticket exists again first.
    if (from !== to) this.emit('ticket.status-changed', { from, to, assigneeId: this.row.assigneeId });
    writePromise(this, this.found.clocks, change, { status: to, now });
  }

  /** Adds a part of the statement: `sql` gets the number of its first parameter. */
  add(name: string, sql: (first: number) => string, values: unknown[]): void {
    this.ctes.push(`${name} as (${sql(this.values.length + 1)})`);
    this.values.push(...values);
    this.shape.push(name);
  }

  /** The same for rows, read from its one parameter. */
  addRows(name: string, sql: (parameter: number) => string, rows: readonly object[]): void {
    this.add(name, sql, [JSON.stringify(rows)]);
  }

  /** Writes everything and ends the transaction. Fails when the idempotency key was used before, see `isRepeated`. */
  async commit(repeatable?: Repeatable): Promise<void> {
    await this.tx.last(...this.statement(repeatable));
  }

  /** Writes everything, and the transaction goes on; its events leave with the first that is written. */
  async flush(): Promise<void> {
    await this.tx.query(...this.statement());
  }

  private statement(repeatable?: Repeatable): [name: string, text: string, values: unknown[]] {
    this.add('new_state', updateSql, [
      ...MUTABLE.map(([property]) => this.row[property]),
      this.row.id,
      this.found.row.version,
    ]);
    const events = this.tx.takeEvents();
    const ctes = [...this.ctes, eventCtes(this.values.length + 1, events.length)];
    this.values.push(...eventValues(events, this.tx.actorId, this.tx.now));
    if (repeatable) {
      ctes.push(idempotencyCte(this.values.length + 1));
      this.values.push(...idempotencyValues(this.tx, repeatable.request, repeatable.answer));
    }
    const name = `ticket-write:${this.shape.join('+')}:${eventShape(events.length)}${repeatable ? '+idem' : ''}`;
    return [name, `with ${ctes.join(',\n')} select 1`, this.values];
  }

  /** What is promised after each message of the association: by the clock that is open, because it has followed what was published. */
  private nextResponse(inForce: InForce | null): { minutes: number; time: TimeKind } | null {
    const open = this.found.clocks.find(isOpenClock);
    const policy = inForce?.policy ?? this.reference.current.policyVersions.get(open?.policyVersionId ?? '');
    return policy ? targetFor(policy, this.row.priority, 'next_response') : null;
  }

  /** Policy and calendar by which a promise that begins now is made; asked only where no clock is open. */
  private inForce(clocks: readonly LiveClock[]): InForce | null {
    if (clocks.some(isOpenClock)) return null;
    const { policy, calendar } = policyFor(saidOf(this.row, this.reference), this.found.legalForm, this.reference);
    return {
      policy,
      priority: this.row.priority,
      policyVersionId: policy.versionId,
      calendarVersionId: calendar.versionId,
      calendar: calendar.calendar,
    };
  }

  liveClocks(): LiveClock[] {
    const { calendarVersions, policyVersions } = this.reference.current;
    // The time of who has it in hand follows the log.
    return this.found.clocks.filter(isPromise).map((clock) => ({
      ...clock,
      calendar: calendarVersions.get(clock.calendarVersionId)!.calendar,
      policy: policyVersions.get(clock.policyVersionId) ?? null,
      pausable: policyVersions.get(clock.policyVersionId)?.pause.pausedMetrics.includes(clock.metric) ?? true,
    }));
  }
}

function updateSql(first: number): string {
  const sets = MUTABLE.map(([, column, type], index) => `${column} = $${first + index}::${type}`);
  const n = first + MUTABLE.length;
  return `update ticket set ${sets.join(', ')}, version = version + 1 where id = $${n} and version = $${n + 1}`;
}
