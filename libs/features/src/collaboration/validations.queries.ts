import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { seesRestricted, type Actor } from '@app/domain/access';
import { ReferenceData } from '../directory/reference-data';
import { TicketsQueries } from '../tickets/tickets.queries';
import { VALIDATION_COLUMNS, validationView, type ValidationRow } from './validation-rows';
import type { ValidationView } from './validation-view.dto';

const MOST = 200;
type Row = ValidationRow & { reference: string; subject: string; lastPublicMessageId: string | null };

const TICKET = 't.reference, t.subject, t.last_public_message_id as "lastPublicMessageId"';
const FOR_EXPERT = `
  select ${VALIDATION_COLUMNS}, ${TICKET} from validation v join ticket t on t.id = v.ticket_id
  where v.validator_id = $1 and v.state = 'waiting' order by v.requested_at, v.id limit ${MOST}`;
/** A supervisor sees all that wait, whomever they were put to. */
const FOR_COLLEAGUE = `
  select ${VALIDATION_COLUMNS}, ${TICKET} from validation v join ticket t on t.id = v.ticket_id
  where v.hub_id = $2 and v.state = 'waiting' and v.author_id <> $1 and (coalesce(v.validator_id, $1) = $1 or $3)
    and (not t.restricted or $4 or t.assignee_id = $1) order by v.requested_at, v.id limit ${MOST}`;
const OF_TICKET = `select ${VALIDATION_COLUMNS} from validation v where v.ticket_id = $1 order by v.requested_at, v.id limit ${MOST}`;

@Injectable()
export class ValidationsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly tickets: TicketsQueries,
  ) {}

  /** Drafts that wait for the actor's verdict, the oldest first. */
  async waiting(actor: Actor): Promise<ValidationView[]> {
    const me = actor.accountId;
    const supervises = actor.role === 'supervisor';
    const rows = await this.db.run(actor, (tx) =>
      actor.role === 'expert'
        ? tx.last<Row>('validations-expert', FOR_EXPERT, [me])
        : tx.last<Row>('validations-colleague', FOR_COLLEAGUE, [me, actor.hubId, supervises, seesRestricted(actor)]),
    );
    return rows.map((row) => validationView(row, row, this.reference.current));
  }

  /** All that was asked on a ticket, with the verdicts; for the hub, and for a guest what waits for them. */
  ofTicket(actor: Actor, ticket: string): Promise<ValidationView[]> {
    return this.tickets.read(actor, ticket, 'read', async (tx, { row }) => {
      if (actor.associationId || actor.role === 'follower') return [];
      const rows = await tx.query<ValidationRow>('validations-of-ticket', OF_TICKET, [row.id]);
      return rows.map((one) => validationView(one, row, this.reference.current));
    });
  }
}
