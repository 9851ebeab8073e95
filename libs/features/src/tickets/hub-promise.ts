import type { TenantTx } from '@app/db/tenant-db';
import { isOpenClock, isPromise } from '@app/domain/promise';
import type { ReferenceData } from '../directory/reference-data';
import { legalFormsOf } from './legal-form';
import { TicketBatch } from './ticket-batch';
import { renewPromise } from './ticket-changes';
import { policyFor, saidOf } from './ticket-draft';
import { lockTickets } from './ticket-find';

/**
 * After a ticket has come to another hub: what is promised is counted again, from the same starts and pauses, by policy and calendar of that
 * hub, and the history says why. Nothing moves where both are those of before. The hub's own time is another matter.
 */
export async function followHub(tx: TenantTx, ticketId: string, reference: ReferenceData): Promise<void> {
  const [found] = await lockTickets(tx, [ticketId]);
  if (!found) return;
  const forms = await legalFormsOf(tx, [found.row.associationId], reference);
  const { policy, calendar } = policyFor(
    saidOf(found.row, reference),
    forms.get(found.row.associationId ?? '') ?? null,
    reference,
  );
  found.clocks = found.clocks.filter((clock) => isPromise(clock) && isOpenClock(clock));
  const others = found.clocks.some(
    (clock) => clock.policyVersionId !== policy.versionId || clock.calendarVersionId !== calendar.versionId,
  );
  if (!others) return;
  tx.notBefore(found.row.updatedAt);
  const batch = new TicketBatch(tx, reference);
  const act = batch.act(found);
  renewPromise(act, forms, reference, ['hub']);
  batch.add(act);
  await batch.flush();
}
