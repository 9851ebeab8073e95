import { v7 as uuid } from 'uuid';
import type { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { routingReason, type HubChoice } from '@app/domain/routing';
import type { ReferenceData } from '../directory/reference-data';
import { followHub } from './hub-promise';
import { chooseQueue } from './ticket-draft';
import type { TicketRow } from './ticket-row';

/**
 * Gives a ticket to the hub that answers for its place now. Children follow by cascade, clocks do not restart but count by its policy and calendar, the hub that had it
 * keeps sight through a loan. Runs beyond the actor's rows, so the caller has asked `may()` first.
 */
export function moveToHub(
  db: TenantDb,
  reference: ReferenceData,
  actor: Actor,
  row: TicketRow,
  hub: HubChoice,
): Promise<void> {
  const category = { ...reference.categoryOf(row.categoryCode), kind: row.kind };
  const { rule, queue } = chooseQueue({ ...row, category, hub }, reference);
  return db.run(
    actor,
    async (tx) => {
      const moved = await tx.affected(
        `update ticket set hub_id = $1, queue_id = $2, assignee_id = null, assignee_name = null, version = version + 1, updated_at = $3
         where id = $4 and version = $5`,
        [hub.hubId, queue.id, tx.now, row.id, row.version],
      );
      if (moved === 0) throw new Refusal('precondition_failed', 'The ticket has changed meanwhile.');
      // What was merged into it goes along: its messages are read there.
      const along = await tx.sql<{ id: string; version: number }>(
        'update ticket set hub_id = $1, version = version + 1 where merged_into = $2 returning id, version',
        [hub.hubId, row.id],
      );
      await tx.sql(
        'update deadline set hub_id = $1 where clock_id in (select id from sla_clock where ticket_id in (select id from ticket where $2 in (id, merged_into)))',
        [hub.hubId, row.id],
      );
      await tx.sql(
        `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, reason, granted_by, granted_at)
         values ($1, $2, $3, $4, 'hub', 'overflow', $5, $6)`,
        [uuid(), row.id, hub.hubId, row.hubId, tx.actorId, tx.now],
      );
      const about = { hubId: hub.hubId, associationId: row.associationId };
      const own = { ...about, ticketId: row.id, entityVersion: row.version + 1 };
      if (row.assigneeId) tx.emit({ ...own, type: 'ticket.assigned', data: { from: row.assigneeId, to: null } });
      const data = {
        hubId: hub.hubId,
        fromHubId: row.hubId,
        queueId: queue.id,
        ruleId: rule.id,
        ruleVersion: rule.version,
        reason: routingReason(hub.reason, rule),
      };
      tx.emit({ ...own, type: 'ticket.routed', data });
      await followHub(tx, row.id, reference);
      for (const { id, version } of along) {
        tx.emit({
          ...about,
          ticketId: id,
          entityVersion: version,
          type: 'ticket.routed',
          data: { hubId: hub.hubId, fromHubId: row.hubId },
        });
      }
    },
    { as: 'system' },
  );
}
