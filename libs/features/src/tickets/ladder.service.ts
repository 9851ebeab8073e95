import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { isAssignable } from '@app/domain/routing';
import { PRIORITIES } from '@app/domain/sla-policy';
import { isOpen } from '@app/domain/ticket-status';
import { consumeBatch, drainBatches, type BatchEffect } from '@app/platform/consume-batch';
import type { LoggedEvent } from '@app/platform/consumer';
import { ReferenceData } from '../directory/reference-data';
import { legalFormsOf, type LegalForms } from './legal-form';
import type { Act } from './ticket-access';
import { TicketBatch } from './ticket-batch';
import { applyChanges } from './ticket-changes';
import { ESCALATION_LEVELS, escalateTo, LevelOwners, RANK, type EscalationLevel } from './ticket-escalation';
import { lockTickets, type FoundTicket } from './ticket-find';

const BATCH = 500;
const LANES = 2;
const REASON = 'ladder';

interface Around {
  owners: LevelOwners;
  forms: LegalForms;
}

/** What a step of the ladder does to its ticket; who is told is another consumer's matter. */
@Injectable()
export class LadderService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** Takes all steps that wait; returns how many. Many are taken side by side: one batch is decided while another is written. */
  async takeAll(): Promise<number> {
    const effect: BatchEffect = (tx, events) => this.take(tx, events);
    const first = await consumeBatch(this.db, 'ladder', BATCH, effect);
    const lanes = first === BATCH ? LANES : Math.min(first, 1);
    const rest = await Promise.all(Array.from({ length: lanes }, () => drainBatches(this.db, 'ladder', BATCH, effect)));
    return rest.reduce((sum, one) => sum + one, first);
  }

  /** One step for each ticket, because the next one starts from what this one leaves. */
  async take(tx: TenantTx, events: readonly LoggedEvent[]): Promise<LoggedEvent[]> {
    const first = [...new Map([...events].reverse().map((event) => [event.ticketId, event])).values()];
    const tickets = await lockTickets(
      tx,
      first.map((event) => event.ticketId!),
    );
    const byId = new Map(tickets.map((found) => [found.row.id, found]));
    const around = await this.around(tx, tickets);
    for (const { row } of tickets) tx.notBefore(row.updatedAt);
    const batch = new TicketBatch(tx, this.reference);
    for (const event of first) {
      const found = byId.get(event.ticketId!);
      if (!found || !stillCounts(found, event)) continue;
      const act = batch.act(found);
      if (this.step(act, event, around)) batch.add(act);
    }
    await batch.flush();
    return first;
  }

  /** What steps ask beyond their tickets, read once for all of them. */
  private async around(tx: TenantTx, tickets: readonly FoundTicket[]): Promise<Around> {
    const [hubIds, associationIds] = [new Set<string>(), new Set<string | null>()];
    for (const { row } of tickets) {
      hubIds.add(row.hubId);
      associationIds.add(row.associationId);
    }
    return {
      owners: await LevelOwners.read(tx, [...hubIds]),
      forms: await legalFormsOf(tx, [...associationIds], this.reference),
    };
  }

  /** False when there is nothing to change. */
  private step(act: Act, { data }: LoggedEvent, { owners, forms }: Around): boolean {
    switch (data.action) {
      case 'raise_priority':
        return this.raise(act, forms);
      case 'reassign':
        return reassign(act, data.to, owners);
      case 'climb':
        return this.climb(act, data.to, owners);
      default:
        return false;
    }
  }

  private raise(act: Act, forms: LegalForms): boolean {
    const higher = PRIORITIES[PRIORITIES.indexOf(act.write.row.priority) - 1];
    if (higher) applyChanges(act, { priority: higher }, forms, this.reference);
    return higher !== undefined;
  }

  private climb(act: Act, to: unknown, owners: LevelOwners): boolean {
    const { row } = act.write;
    const level = levelOf(to, act);
    if (!level || RANK[level] <= RANK[row.level]) return false;
    const owner = level === 'national' ? null : owners.choose(row.hubId, level);
    escalateTo(act, level, REASON, owner, this.reference.current.nationalHubId);
    return true;
  }
}

/** Whoever answered or closed meanwhile has done what the step was for. */
function stillCounts({ row, clocks }: FoundTicket, event: LoggedEvent): boolean {
  return isOpen(row.status) && clocks.some((clock) => clock.id === event.data.clockId && clock.state === 'running');
}

function levelOf(to: unknown, { write }: Act): EscalationLevel | undefined {
  if (to === 'one_level') return ESCALATION_LEVELS.find((level) => RANK[level] > RANK[write.row.level]);
  return ESCALATION_LEVELS.find((level) => level === to);
}

/** To the supervisor, or back to the queue for anybody else; what waits for others stays where it is. */
function reassign({ write }: Act, to: unknown, owners: LevelOwners): boolean {
  const { row } = write;
  if (!isAssignable(row.status)) return false;
  const former = row.assigneeId;
  const owner = to === 'supervisor' ? owners.choose(row.hubId, 'supervisor') : null;
  if (former === (owner?.id ?? null)) return false;
  write.assign(owner);
  if (owner && row.status === 'new') write.step('open');
  if (!owner) write.emit('ticket.requeued', { exceptId: former });
  return true;
}
