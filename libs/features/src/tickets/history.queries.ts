import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import { isRequester, type Actor } from '@app/domain/access';
import { audienceOf, type EventType } from '@app/domain/events';
import { describeEvent } from '@app/domain/history';
import { toLocalIso } from '@app/domain/zone';
import type { HistoryEntry, MessageView } from './message-view.dto';
import { readsNotes } from './messages.service';
import { TicketsQueries } from './tickets.queries';

interface EventRow {
  id: string;
  at: Date;
  type: EventType;
  actorId: string | null;
  version: number | null;
  data: Record<string, unknown>;
}

/** The files of a message; the policies of their table hold here too. */
const ATTACHMENTS = `coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size, 'scan', a.scan)
  order by a.created_at, a.id) from attachment a where a.message_id = m.id), '[]')`;

/** What was said and what happened on one ticket. */
@Injectable()
export class HistoryQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly tickets: TicketsQueries,
  ) {}

  /** Messages in order, those of merged tickets among them; notes only for the hub that owns the ticket. */
  async messages(actor: Actor, idOrReference: string): Promise<MessageView[]> {
    return this.tickets.read(actor, idOrReference, 'read', (tx, found) => {
      const notes = readsNotes(actor, found.subject);
      return tx.last<MessageView>(
        `ticket-messages:${notes}`,
        `select id, ticket_id as "ticketId", kind, author_id as "authorId", author_kind as "authorKind", author_name as "authorName", language, direction,
           body, legal_notice as "legalNotice", mentions, original_ticket_id as "originalTicketId",
           ${ATTACHMENTS} as attachments, null as "sendAt", created_at as "createdAt"
         from message m where ticket_id = any (array(
             select $1::uuid union all select t.id from ticket t where t.merged_into = $1 and t.restricted <= $2))
           and (ticket_id = $1 or original_ticket_id is distinct from $1) ${notes ? '' : 'and public'} order by id`,
        [found.row.id, found.subject.restricted],
      );
    });
  }

  /** The log of the ticket in words; the association sees what concerns it. */
  async events(actor: Actor, idOrReference: string): Promise<HistoryEntry[]> {
    const rows = await this.tickets.read(actor, idOrReference, 'read', (tx, found) =>
      tx.last<EventRow>(
        'ticket-events',
        `select id, at, type, actor_id as "actorId", entity_version as "version", data from event where ticket_id = $1 order by id limit 1000`,
        [found.row.id],
      ),
    );
    const requester = isRequester(actor);
    const shown = requester
      ? rows.filter((row) => audienceOf(row.type) === 'public' && row.data.metric !== 'holding')
      : rows;
    const names = requester ? new Map<string, string>() : await this.names(shown);
    return shown.map((row) => ({
      id: row.id,
      at: row.at,
      atLocal: toLocalIso(row.at),
      type: row.type,
      actor: row.actorId ? { id: row.actorId, name: names.get(row.actorId) ?? null } : null,
      version: row.version,
      data: requester ? {} : row.data,
      text: describeEvent(row.type, row.data),
    }));
  }

  private async names(rows: EventRow[]): Promise<Map<string, string>> {
    const ids = [...new Set(rows.flatMap((row) => (row.actorId ? [row.actorId] : [])))];
    if (ids.length === 0) return new Map();
    const people = await this.db.system((tx) =>
      tx.query<{ id: string; name: string }>('account-names', 'select id, name from account where id = any ($1)', [
        ids,
      ]),
    );
    return new Map(people.map((one) => [one.id, one.name]));
  }
}
