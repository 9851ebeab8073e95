import { Injectable } from '@nestjs/common';
import { may, type Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { ReferenceData } from '../directory/reference-data';
import { ESCALATION_LEVELS, LevelOwners, RANK, type EscalationLevel } from '../tickets/ticket-escalation';
import { TicketsQueries } from '../tickets/tickets.queries';
import { escalationWords, consultationWords } from './collaboration-words';

export class SentenceView {
  fr: string;
  ar: string;
}

export class ReasonView extends SentenceView {
  code: string;
}

export class EscalationOptionView {
  to: EscalationLevel;
  /** The ticket is below this level, and may be given to it. */
  available: boolean;
  /** Who would take over; null leaves it to whoever of the level takes it. */
  ownerName: string | null;
  /** What follows, said before it is confirmed. */
  consequences: SentenceView[];
}

export class EscalationOptionsView {
  reasons: ReasonView[];
  options: EscalationOptionView[];
  /** The way that moves nothing: an opinion is asked. */
  consultation: SentenceView[];
}

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
