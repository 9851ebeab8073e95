import { Injectable } from '@nestjs/common';
import { may, type Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { ReferenceData } from '../directory/reference-data';
import { ESCALATION_LEVELS, LevelOwners, RANK } from '../tickets/ticket-escalation';
import { TicketsQueries } from '../tickets/tickets.queries';
import { escalationWords, consultationWords } from './collaboration-words';
import type { EscalationOptionsView } from './escalation-view.dto';

/** What climbing a level would mean, before it is done. */
@Injectable()
export class EscalationOptionsQueries {
  constructor(
    private readonly tickets: TicketsQueries,
    private readonly reference: ReferenceData,
  ) {}

  options(actor: Actor, ticket: string): Promise<EscalationOptionsView> {
    return this.tickets.read(actor, ticket, 'read', async (tx, { row, subject, as }) => {
      const allowed = may(actor, 'tickets:escalate', subject) && as !== 'guest' && row.mergedInto === null;
      if (!allowed) throw new Refusal('forbidden', 'Only the hub of the ticket escalates it.');
      const owners = await LevelOwners.read(tx, [row.hubId]);
      const hub = this.reference.hub(row.hubId);
      const options = ESCALATION_LEVELS.map((to) => {
        const owner = to === 'national' ? null : owners.choose(row.hubId, to);
        const available = RANK[to] > RANK[row.level] && row.status !== 'closed';
        return {
          to,
          available,
          ownerName: owner?.name ?? null,
          consequences: escalationWords(to, owner?.name ?? null, hub),
        };
      });
      const reasons = this.reference.reasons('escalation_reasons').map(({ code, fr, ar }) => ({ code, fr, ar }));
      return { reasons, options, consultation: consultationWords(hub) };
    });
  }
}
