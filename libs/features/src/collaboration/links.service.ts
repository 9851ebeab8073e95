import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import type { ChosenLink } from '@app/domain/collaboration';
import { Refusal } from '@app/domain/refusal';
import { ticketKey, type FoundTicket } from '../tickets/ticket-find';
import { keyInBody, readTicket } from './two-tickets';

/** Links between tickets of one hub. They change neither of the two. */
@Injectable()
export class LinksService {
  constructor(private readonly db: TenantDb) {}

  async link(actor: Actor, ticket: string, other: string, kind: ChosenLink): Promise<void> {
    const keys = [ticketKey(ticket), keyInBody(other, '/ticket')];
    await this.db.run(actor, async (tx) => {
      const from = await linkable(tx, await readTicket(tx, keys[0]));
      const to = await linkable(tx, await readTicket(tx, keys[1]));
      if (from.row.id === to.row.id) throw Refusal.field('/ticket', 'same_ticket', 'A ticket is not linked to itself.');
      // `related` has no direction: once is enough.
      const [there] = await tx.query(
        'link-there',
        `select 1 from ticket_link where kind = $3 and (ticket_id = $1 and other_id = $2 or $3 = 'related' and ticket_id = $2 and other_id = $1)`,
        [from.row.id, to.row.id, kind],
      );
      if (there) throw new Refusal('already_exists', 'These two are linked so already.');
      const id = uuid();
      await tx.query(
        'link-add',
        'insert into ticket_link (id, ticket_id, hub_id, other_id, kind, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, from.row.id, from.row.hubId, to.row.id, kind, tx.actorId, tx.now],
      );
      tell(tx, 'ticket.linked', from, { linkId: id, kind, other: to.row.id });
    });
  }

  async unlink(actor: Actor, ticket: string, linkId: string): Promise<void> {
    const key = ticketKey(ticket);
    await this.db.run(actor, async (tx) => {
      const found = await linkable(tx, await readTicket(tx, key));
      const [gone] = await tx.query<{ kind: string; other: string }>(
        'link-remove',
        `delete from ticket_link where id = $1 and $2 in (ticket_id, other_id) and hub_id = $3 and kind <> 'split'
         returning kind, other_id as other`,
        [linkId, found.row.id, found.row.hubId],
      );
      if (!gone) throw new Refusal('not_found', 'Not found.');
      tell(tx, 'ticket.unlinked', found, { linkId, ...gone });
    });
  }
}

async function linkable(tx: TenantTx, found: FoundTicket): Promise<FoundTicket> {
  if (!may(tx.actor, 'tickets:link', found.subject)) throw new Refusal('forbidden', 'Your role does not allow this.');
  return found;
}

function tell(
  tx: TenantTx,
  type: 'ticket.linked' | 'ticket.unlinked',
  { row }: FoundTicket,
  data: Record<string, unknown>,
): void {
  const { hubId, associationId, id: ticketId, version: entityVersion } = row;
  tx.emit({ type, hubId, associationId, ticketId, entityVersion, data });
}
