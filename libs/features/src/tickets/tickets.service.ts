import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { isRequester, type Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { Status } from '@app/domain/ticket';
import { checkTransition } from '@app/domain/ticket-status';
import { localParts } from '@app/domain/zone';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { actOn, type Act } from './ticket-access';
import { impartialHub } from './impartial-hub';
import { escalateTo, LevelOwners, RANK, type EscalationLevel } from './ticket-escalation';
import { changeTicket, moveToQueue, type TicketChanges } from './ticket-changes';
import { moveToHub } from './ticket-move';
import { ticketView, type TicketView } from './ticket-view.dto';
import { TicketsQueries } from './tickets.queries';

/** Who works on a ticket and where it stands. Every change needs the version that its author has seen. */
@Injectable()
export class TicketsService {
  constructor(
    readonly db: TenantDb,
    readonly reference: ReferenceData,
    private readonly queries: TicketsQueries,
  ) {}

  /** Claim (`me`), give to a colleague, or put back (`null`). A claim takes only what nobody has. */
  assign(actor: Actor, ticket: string, assigneeId: string | null, expected: number): Promise<TicketView> {
    const claim = assigneeId === 'me';
    return actOn(this, actor, ticket, claim ? 'tickets:claim' : 'tickets:assign', async (act) => {
      checkVersion(act.found.row.version, expected);
      const { row } = act.write;
      if (row.status === 'closed') throw new Refusal('status_not_allowed', 'A closed ticket is given to nobody.');
      if (claim && row.assigneeId && row.assigneeId !== actor.accountId) {
        throw new Refusal('already_assigned', 'Somebody else has taken this ticket.');
      }
      const to = claim ? { id: actor.accountId, name: actor.name } : await this.colleague(act, assigneeId);
      await this.refuseInterested(act, to);
      act.write.assign(to);
      if (to && row.status === 'new') act.write.step('open');
      return this.done(act);
    });
  }

  /** A status of the table, chosen by a person. */
  setStatus(actor: Actor, ticket: string, to: Status, reason: string | null, expected: number): Promise<TicketView> {
    return actOn(this, actor, ticket, 'tickets:status', async (act) => {
      checkVersion(act.found.row.version, expected);
      checkTransition(act.write.row.status, to, isRequester(actor) ? 'requester' : 'staff', reason);
      if (reason && !this.reference.reasons('hold_reasons').some((one) => one.code === reason)) {
        throw Refusal.field('/reason', 'unknown', 'This reason is not in the list.');
      }
      act.write.step(to, { holdReason: reason });
      return this.done(act);
    });
  }

  /** The next level takes ownership; to the national level it adds a loan, and the ticket stays with its hub. */
  escalate(actor: Actor, ticket: string, to: EscalationLevel, reason: string, expected: number): Promise<TicketView> {
    if (!this.reference.reasons('escalation_reasons').some((one) => one.code === reason)) {
      throw Refusal.field('/reason', 'unknown', 'This reason is not in the list.');
    }
    return actOn(this, actor, ticket, 'tickets:escalate', async (act) => {
      checkVersion(act.found.row.version, expected);
      const { row } = act.write;
      if (RANK[to] <= RANK[row.level])
        throw Refusal.field('/to', 'not_allowed', 'The ticket is at this level or above.');
      if (act.found.as === 'guest') throw new Refusal('forbidden', 'Only the hub of the ticket escalates it.');
      const owner = to === 'national' ? null : (await LevelOwners.read(act.tx, [row.hubId])).choose(row.hubId, to);
      escalateTo(act, to, reason, owner, this.reference.current.nationalHubId);
      return this.done(act);
    });
  }

  /** Category, priority and what else describes the question; the promise follows. */
  change(actor: Actor, ticket: string, changes: TicketChanges, expected: number): Promise<TicketView> {
    return actOn(this, actor, ticket, 'tickets:change', async (act) => {
      checkVersion(act.found.row.version, expected);
      await changeTicket(act, changes, this.reference);
      return this.done(act);
    });
  }

  /** Hub and queue by the rules of today. */
  async route(actor: Actor, ticket: string, expected: number): Promise<TicketView> {
    const outcome = await actOn(this, actor, ticket, 'tickets:route', async (act) => {
      checkVersion(act.found.row.version, expected);
      const { placeCode, associationId, associationFr, associationAr } = act.found.row;
      const asking = { id: associationId, nameFr: associationFr, nameAr: associationAr };
      const hub = impartialHub(this.reference.hubFor(placeCode, act.tx.now), asking, this.reference);
      if (hub.hubId !== act.found.row.hubId) return { hub, row: act.found.row };
      moveToQueue(act, this.reference);
      return { view: await this.done(act) };
    });
    if (outcome.view) return outcome.view;
    await moveToHub(this.db, this.reference, actor, outcome.row, outcome.hub);
    return this.queries.get(actor, outcome.row.id);
  }

  private async done(act: Act): Promise<TicketView> {
    await act.write.commit();
    return ticketView(act.found, this.reference.current, act.tx.actor, act.write.row);
  }

  /** An agent or supervisor of the ticket's hub, cleared when the ticket is restricted; another hub's person does not exist. */
  private async colleague({ tx, write }: Act, accountId: string | null): Promise<{ id: string; name: string } | null> {
    if (accountId === null) return null;
    const [person] = await tx.query<{ id: string; name: string; cleared: boolean; role: 'agent' | 'supervisor' }>(
      'ticket-colleague',
      `select a.id, a.name, m.cleared, m.role from membership m join account a on a.id = m.account_id
       where m.account_id = $1 and m.hub_id = $2 and m.role in ('agent', 'supervisor') and m.valid @> $3::date and a.status = 'active'`,
      [accountId, tx.actor.hubId, localParts(tx.now).date],
    );
    if (!person) throw new Refusal('not_found', 'Not found.');
    const restricted = write.row.confidentiality === 'restricted';
    if (restricted && !person.cleared && person.role !== 'supervisor') {
      throw Refusal.field('/assigneeId', 'not_cleared', 'This person is not cleared for restricted tickets.');
    }
    return person;
  }

  /** Nobody works on a case of an association whose member they are, or were. */
  private async refuseInterested({ tx, write }: Act, person: { id: string } | null): Promise<void> {
    const { associationId } = write.row;
    if (associationId === null || person === null) return;
    const rows = await tx.query(
      'ticket-interest',
      `select 1 from membership where association_id = $1 and account_id = $2 limit 1`,
      [associationId, person.id],
    );
    if (rows.length > 0) {
      throw Refusal.field('/assigneeId', 'conflict_of_interest', 'This person belongs to the association that asks.');
    }
  }
}
