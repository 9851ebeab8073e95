import { Injectable } from '@nestjs/common';
import type { TenantTx } from '@app/db/tenant-db';
import { TenantDb } from '@app/db/tenant-db';
import { seesRestricted, type Actor } from '@app/domain/access';
import { mergeObstacle, reopensTarget, UNDO_HOURS, type LinkKind } from '@app/domain/collaboration';
import { ticketKey, type FoundTicket } from '../tickets/ticket-find';
import { TicketsQueries } from '../tickets/tickets.queries';
import { mergeWords } from './collaboration-words';
import type { LinkView, MergePreviewView, MergeView, RelatedTicketView, RelationsView } from './relations.dto';
import { keyInBody, readTicket } from './two-tickets';

const HOUR_MS = 3_600_000;
const MOST = 100;

/** `$1` the ticket, `$2` who may see restricted tickets only when they are his (null: sees all), `$3` the hub. */
const VISIBLE = `(t.hub_id = $3 and (not t.restricted or $2::uuid is null or t.assignee_id = $2))`;
const OTHER = `'id', t.id, 'reference', t.reference, 'subject', t.subject, 'status', t.status, 'openedAt', t.opened_at`;

const LINKS = `
  select l.id, l.kind, case when l.ticket_id = $1 then 'from' else 'to' end as direction, l.created_at as "createdAt",
    t.merged_into as "mergedInto", jsonb_build_object(${OTHER}) as ticket
  from ticket_link l join ticket t on t.id = case when l.ticket_id = $1 then l.other_id else l.ticket_id end
  where $1 in (l.ticket_id, l.other_id) and ${VISIBLE} order by l.created_at, l.id limit ${MOST}`;
const MERGES = `
  select m.id, m.at, m.undo_until as "undoUntil", m.source_id as "sourceId", jsonb_build_object(${OTHER}) as ticket
  from ticket s join ticket_merge m on m.source_id = s.id and m.undone_at is null
  join ticket t on t.id = case when s.id = $1 then s.merged_into else s.id end
  where (s.id = $1 and s.merged_into is not null or s.merged_into = $1) and ${VISIBLE} order by m.at, m.id limit ${MOST}`;
const FOLLOW_UPS = `
  select t.follow_up_of is not distinct from $1 as later, jsonb_build_object(${OTHER}) as ticket
  from ticket t where (t.id = (select f.follow_up_of from ticket f where f.id = $1) or t.follow_up_of = $1) and ${VISIBLE}
  order by t.opened_at, t.id limit ${MOST}`;

type LinkRow = {
  id: string;
  kind: LinkKind;
  direction: 'from' | 'to';
  createdAt: Date;
  mergedInto: string | null;
} & Other;
type MergeRow = { id: string; at: Date; undoUntil: Date; sourceId: string } & Other;

interface Other {
  ticket: Omit<RelatedTicketView, 'openedAt'> & { openedAt: string };
}

/** What a ticket has to do with others, as far as the actor's hub may see them. */
@Injectable()
export class RelationsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly tickets: TicketsQueries,
  ) {}

  relations(actor: Actor, idOrReference: string): Promise<RelationsView> {
    return this.tickets.read(actor, idOrReference, 'read', async (tx, found) => {
      // A guest, or the association, sees the one ticket that is lent or theirs.
      if (found.as === 'guest' || actor.associationId) return NOTHING;
      return read(tx, found);
    });
  }

  /** What merging would do; nothing is changed. */
  preview(actor: Actor, ticket: string, into: string): Promise<MergePreviewView> {
    const keys = [ticketKey(ticket), keyInBody(into, '?into')];
    return this.db.run(actor, async (tx) => {
      const [source, target] = [await readTicket(tx, keys[0]), await readTicket(tx, keys[1])];
      const side = ({ row, subject }: FoundTicket) => ({ ...row, restricted: subject.restricted });
      const reopens = reopensTarget(source.row.status, target.row.status);
      return {
        source: brief(source),
        target: brief(target),
        obstacle: mergeObstacle(side(source), side(target)),
        reopensTarget: reopens,
        consequences: mergeWords(source.row.reference, target.row.reference, reopens),
      };
    });
  }
}

const NOTHING: RelationsView = { mergedInto: null, merged: [], links: [], followUpOf: null, followUps: [] };

async function read(tx: TenantTx, { row }: FoundTicket): Promise<RelationsView> {
  const scope = [row.id, seesRestricted(tx.actor) ? null : tx.actor.accountId, row.hubId];
  const [links, merges, followUps] = await Promise.all([
    tx.query<LinkRow>('relations-links', LINKS, scope),
    tx.query<MergeRow>('relations-merges', MERGES, scope),
    tx.query<Other & { later: boolean }>('relations-follow-ups', FOLLOW_UPS, scope),
  ]);
  return {
    mergedInto: merges.filter((one) => one.sourceId === row.id).map(mergeView)[0] ?? null,
    merged: merges.filter((one) => one.sourceId !== row.id).map(mergeView),
    links: links.map((link) => linkView(link, row.mergedInto)),
    followUpOf: followUps.filter((one) => !one.later).map(related)[0] ?? null,
    followUps: followUps.filter((one) => one.later).map(related),
  };
}

const related = ({ ticket }: Other): RelatedTicketView => ({ ...ticket, openedAt: new Date(ticket.openedAt) });

const mergeView = ({ id, at, undoUntil, ...one }: MergeRow): MergeView => ({ id, at, undoUntil, ticket: related(one) });

/** A split stands as long as the ticket that it made has not been merged again. */
function linkView({ id, kind, direction, createdAt, mergedInto, ...one }: LinkRow, ownMerge: string | null): LinkView {
  const made = direction === 'from' ? mergedInto : ownMerge;
  const undoUntil = kind === 'split' && !made ? new Date(createdAt.getTime() + UNDO_HOURS * HOUR_MS) : null;
  return { id, kind, direction, createdAt, undoUntil, ticket: related(one) };
}

function brief({ row: { id, reference, subject, status, openedAt } }: FoundTicket): RelatedTicketView {
  return { id, reference, subject, status, openedAt };
}
