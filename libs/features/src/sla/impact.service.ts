import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { type Renewal, renewals } from '@app/domain/promise-renewal';
import { Refusal } from '@app/domain/refusal';
import { toLocalIso } from '@app/domain/zone';
import { Clock } from '@app/platform/clock';
import { ReferenceData } from '../directory/reference-data';
import { FIRST_ID, openTickets, type OpenTicketRow } from './open-tickets';
import type { PlannedChange } from './planned-change';
import type { ImpactView, InstantView, MovedTicketView } from './sla-view.dto';

const BATCH = 500;
/** Shown at most; the rest is counted. */
export const TICKETS_SHOWN = 20;

type Hit = Renewal & { ticket: OpenTicketRow };

/** What a change would do to the promises that are open now; nothing is written. */
@Injectable()
export class ImpactService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** Who may publish may know how many; tickets are named only to people of their own hub. */
  async impactOf(actor: Actor, planned: PlannedChange, problemAt: string): Promise<ImpactView> {
    const now = this.clock.now();
    const sum = new ImpactSum(actor.hubId);
    const work = async (after: string): Promise<string | null> => {
      const tickets = await this.db.system((tx) => openTickets(tx, after, { hubId: planned.hubId, limit: BATCH }), now);
      for (const ticket of tickets) sum.add(ticket, renewalsOrRefusal(ticket, planned, now, problemAt));
      return tickets.length < BATCH ? null : tickets.at(-1)!.id;
    };
    for (let after: string | null = FIRST_ID; after !== null;) after = await work(after);
    return sum.view(now, this.reference);
  }
}

/** A clock that would fall beyond five years refuses the whole change. */
function renewalsOrRefusal(ticket: OpenTicketRow, planned: PlannedChange, now: Date, problemAt: string): Renewal[] {
  try {
    return renewals(ticket, planned.change, planned.rules, now);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw Refusal.field(problemAt, 'too_far', 'With this, open questions would be due more than five years ahead.');
  }
}

/** Counts all, keeps the worst: what becomes late first, then what moves furthest. */
class ImpactSum {
  private open = 0;
  private moved = 0;
  private late = 0;
  private earlier = 0;
  private readonly tickets = new Set<string>();
  private readonly hubs = new Map<string, { moved: number; late: number }>();
  private worst: Hit[] = [];

  constructor(private readonly shownHub: string | null) {}

  add(ticket: OpenTicketRow, found: Renewal[]): void {
    this.open += ticket.clocks.length;
    for (const one of found.filter((renewal) => renewal.moved)) {
      this.moved += 1;
      this.tickets.add(ticket.id);
      if (one.late) this.late += 1;
      if (shift(one) < 0) this.earlier += 1;
      const hub = this.hubs.get(ticket.hubId) ?? { moved: 0, late: 0 };
      this.hubs.set(ticket.hubId, { moved: hub.moved + 1, late: hub.late + Number(one.late) });
      if (ticket.hubId === this.shownHub) this.keep({ ...one, ticket });
    }
  }

  private keep(hit: Hit): void {
    this.worst.push(hit);
    if (this.worst.length < 4 * TICKETS_SHOWN) return;
    this.worst = this.shown();
  }

  private shown(): Hit[] {
    const weight = (hit: Hit) => Math.abs(shift(hit));
    return this.worst
      .sort((a, b) => Number(b.late) - Number(a.late) || weight(b) - weight(a) || (a.clock.id < b.clock.id ? -1 : 1))
      .slice(0, TICKETS_SHOWN);
  }

  view(at: Date, reference: ReferenceData): ImpactView {
    const byHub = [...this.hubs].map(([id, counts]) => {
      const { code, nameFr, nameAr } = reference.hub(id);
      return { hub: { id, code, nameFr, nameAr }, ...counts };
    });
    const tickets = this.shown().map(movedTicket);
    return {
      at,
      openClocks: this.open,
      movedClocks: this.moved,
      movedTickets: this.tickets.size,
      becomeLate: this.late,
      becomeEarlier: this.earlier,
      byHub: byHub.sort((a, b) => (a.hub.code < b.hub.code ? -1 : 1)),
      tickets,
      leftOut: this.moved - tickets.length,
    };
  }
}

/** By how much the promise moves, in ms; 0 while it stands still. */
function shift({ clock, dueAt }: Renewal): number {
  return clock.dueAt && dueAt ? dueAt.getTime() - clock.dueAt.getTime() : 0;
}

function movedTicket({ ticket, clock, dueAt, targetMinutes, time, late }: Hit): MovedTicketView {
  return {
    id: ticket.id,
    reference: ticket.reference,
    metric: clock.metric,
    before: { ...instantView(clock.dueAt), targetMinutes: clock.targetMinutes, time: clock.time },
    after: { ...instantView(dueAt), targetMinutes, time },
    late,
  };
}

export function instantView(at: Date | null): InstantView {
  return { at, local: at && toLocalIso(at) };
}
