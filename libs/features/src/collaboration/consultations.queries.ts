import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { seesRestricted, type Actor } from '@app/domain/access';
import { ReferenceData } from '../directory/reference-data';
import { TicketsQueries } from '../tickets/tickets.queries';
import { CONSULTATION_COLUMNS, consultationView, type ConsultationRow } from './consultation-rows';
import type { ConsultationView } from './consultation-view.dto';

const MOST = 200;

/** The guest's own role shows what was lent and still stands. */
const WAITING = `
  select ${CONSULTATION_COLUMNS}, t.reference, t.subject from consultation c join ticket t on t.id = c.ticket_id
  where c.to_id = any ($1::uuid[]) and c.state = 'waiting' and (not t.restricted or $2) order by c.expires_at, c.id limit ${MOST}`;
const OF_TICKET = `select ${CONSULTATION_COLUMNS} from consultation c where c.ticket_id = $1 order by c.asked_at, c.id limit ${MOST}`;

@Injectable()
export class ConsultationsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly tickets: TicketsQueries,
  ) {}

  /** Questions that wait for the actor's opinion, or for that of the actor's hub; the most urgent first. */
  async waiting(actor: Actor): Promise<ConsultationView[]> {
    const mine = [actor.accountId, ...(actor.role !== 'expert' && actor.hubId ? [actor.hubId] : [])];
    const sees = actor.role === 'expert' || seesRestricted(actor);
    const rows = await this.db.run(
      actor,
      (tx) =>
        tx.last<ConsultationRow & { reference: string; subject: string }>('consultations-waiting', WAITING, [
          mine,
          sees,
        ]),
      { as: 'guest' },
    );
    return rows.map((row) => consultationView(row, row, this.reference.current));
  }

  /** All that was asked about a ticket; a guest sees the own questions, the association none. */
  ofTicket(actor: Actor, ticket: string): Promise<ConsultationView[]> {
    return this.tickets.read(actor, ticket, 'read', async (tx, { row }) => {
      if (actor.associationId || actor.role === 'follower') return [];
      const rows = await tx.query<ConsultationRow>('consultations-of-ticket', OF_TICKET, [row.id]);
      return rows.map((one) => consultationView(one, row, this.reference.current));
    });
  }
}
