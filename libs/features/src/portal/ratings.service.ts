import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import { maskIdentityNumbers } from '@app/domain/mask';
import { mayBeRated, type RatingReason } from '@app/domain/rating';
import { Refusal } from '@app/domain/refusal';
import type { Status } from '@app/domain/ticket';
import { tokenHash } from '@app/platform/session-reader';
import { ReferenceData } from '../directory/reference-data';
import { countLimits } from '../identity/login-limit';
import { TicketsQueries } from '../tickets/tickets.queries';
import type { RatingPageView, RatingView, TicketRatingView } from './rating-view.dto';

export interface NewRating {
  score: number;
  reason?: RatingReason;
  comment?: string;
}

/** The columns of a ticket that a note needs. */
interface Rated {
  id: string;
  hubId: string;
  associationId: string | null;
  assigneeId: string | null;
  status: Status;
  answeredAt: Date | null;
}

interface Linked extends Rated {
  reference: string;
  locale: 'fr' | 'ar';
}

const MAX_BY_ADDRESS = 120;
const COLUMNS = 'score, reason, comment, created_at as "createdAt", updated_at as "updatedAt"';

/** One note for each ticket, which its giver may change. */
@Injectable()
export class RatingsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly tickets: TicketsQueries,
  ) {}

  find(actor: Actor, ticket: string): Promise<TicketRatingView> {
    return this.tickets.read(actor, ticket, 'read', async (tx, found) => ({
      allowed: mayBeRated(found.row),
      rating: await read(tx, found.row.id),
    }));
  }

  rate(actor: Actor, ticket: string, input: NewRating): Promise<RatingView> {
    return this.tickets.read(actor, ticket, 'read', (tx, found) => {
      if (!may(actor, 'tickets:rate', found.subject)) throw new Refusal('forbidden', 'Only who asked gives a note.');
      if (actor.associationId) tx.useHub(found.row.hubId);
      return write(tx, found.row, input);
    });
  }

  /** What the page shows; looking saves nothing. */
  async page(token: string, address: string): Promise<RatingPageView> {
    await this.count(address);
    return this.db.system(async (tx) => {
      const { id, hubId, reference, locale, ...row } = await linked(tx, token);
      const { code, nameFr, nameAr } = this.reference.hub(hubId);
      const allowed = mayBeRated(row);
      return { reference, hub: { code, nameFr, nameAr }, locale, allowed, rating: await read(tx, id) };
    });
  }

  async rateByLink(token: string, input: NewRating, address: string): Promise<RatingView> {
    await this.count(address);
    return this.db.system(async (tx) => write(tx, await linked(tx, token), input));
  }

  private count(address: string): Promise<void> {
    return this.db.system((tx) => countLimits(tx, [{ kind: 'rate-address', value: address, max: MAX_BY_ADDRESS }]));
  }
}

/** @throws Refusal `not_found` for a link that is none or too old */
async function linked(tx: TenantTx, token: string): Promise<Linked> {
  const [row] = await tx.query<Linked>(
    'rating-linked',
    `select t.id, t.hub_id as "hubId", t.association_id as "associationId", t.assignee_id as "assigneeId", t.status, t.answered_at as "answeredAt",
       t.reference, t.answer_language as locale
     from rating_link l join ticket t on t.id = l.ticket_id where l.token_hash = $1 and l.expires_at > $2`,
    [tokenHash(token), tx.now],
  );
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row;
}

async function read(tx: TenantTx, ticketId: string): Promise<RatingView | null> {
  const [row] = await tx.query<RatingView>('rating-read', `select ${COLUMNS} from rating where ticket_id = $1`, [
    ticketId,
  ]);
  return row ?? null;
}

/** @throws Refusal `status_not_allowed` before there is an answer */
async function write(tx: TenantTx, ticket: Rated, { score, reason, comment }: NewRating): Promise<RatingView> {
  if (!mayBeRated(ticket)) throw new Refusal('status_not_allowed', 'There is no answer to rate yet.');
  const { id: ticketId, hubId, associationId, assigneeId } = ticket;
  const [row] = await tx.query<RatingView>(
    'rating-write',
    `insert into rating (ticket_id, hub_id, association_id, score, reason, comment, agent_id, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     on conflict (ticket_id) do update set score = excluded.score, reason = excluded.reason, comment = excluded.comment, updated_at = excluded.updated_at
     returning ${COLUMNS}`,
    [
      ticketId,
      hubId,
      associationId,
      score,
      reason ?? null,
      comment ? maskIdentityNumbers(comment) : null,
      assigneeId,
      tx.now,
    ],
  );
  tx.emit({ type: 'ticket.rated', hubId, associationId, ticketId, data: { score, reason: reason ?? null } });
  return row;
}
