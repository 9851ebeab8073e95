import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { isAssignable } from '@app/domain/routing';
import { PRIORITIES } from '@app/domain/sla-policy';
import { isOpen } from '@app/domain/ticket-status';
import { drainBatches } from '@app/platform/consume-batch';
import type { LoggedEvent } from '@app/platform/consumer';
import { ReferenceData } from '../directory/reference-data';
import type { Act } from './ticket-access';
import { changeTicket } from './ticket-changes';
import { ESCALATION_LEVELS, escalateTo, LevelOwners, RANK, type EscalationLevel } from './ticket-escalation';
import { lockTickets, type FoundTicket } from './ticket-find';
import { TicketWrite } from './ticket-write';

const BATCH = 250;
const REASON = 'ladder';

/** What a step of the ladder does to its ticket; who is told is another consumer's matter. */
@Injectable()
export class LadderService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** Takes all steps that wait; returns how many. */
  takeAll(): Promise<number> {
    return drainBatches(this.db, 'ladder', BATCH, (tx, events) => this.take(tx, events));
  }

  /** One step for each ticket, because the next one starts from what this one leaves; the statements travel together. */
  async take(tx: TenantTx, events: readonly LoggedEvent[]): Promise<LoggedEvent[]> {
    const first = [...new Map([...events].reverse().map((event) => [event.ticketId, event])).values()];
    const tickets = await lockTickets(
      tx,
      first.map((event) => event.ticketId!),
    );
    const byId = new Map(tickets.map((found) => [found.row.id, found]));
    const owners = await LevelOwners.read(tx, [...new Set(tickets.map((found) => found.row.hubId))]);
    const sent: Promise<void>[] = [];
    for (const event of first) {
      const found = byId.get(event.ticketId!);
      if (!found || !stillCounts(found, event)) continue;
      tx.notBefore(found.row.updatedAt);
      const write = new TicketWrite(tx, found, this.reference);
      if (await this.step({ tx, found, write }, event, owners)) sent.push(write.flush());
    }
    await settled(sent);
    return first;
  }

  /** False when there is nothing to change. */
  private async step(act: Act, { data }: LoggedEvent, owners: LevelOwners): Promise<boolean> {
    switch (data.action) {
      case 'raise_priority':
        return this.raise(act);
      case 'reassign':
        return reassign(act, data.to, owners);
      case 'climb':
        return this.climb(act, data.to, owners);
      default:
        return false;
    }
  }

  private async raise(act: Act): Promise<boolean> {
    const higher = PRIORITIES[PRIORITIES.indexOf(act.write.row.priority) - 1];
    if (higher) await changeTicket(act, { priority: higher }, this.reference);
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

/** All are waited for, so that none fails unheard. */
async function settled(sent: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(sent)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
