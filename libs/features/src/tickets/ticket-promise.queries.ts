import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { Clock } from '@app/platform/clock';
import { ReferenceData } from '../directory/reference-data';
import { legalFormOf } from './legal-form';
import { promised, type TicketPromise } from './promised.dto';
import { resolveRequester } from './requester';
import { draftTicket, type NewTicket } from './ticket-draft';

export type PromiseInput = Pick<
  NewTicket,
  'categoryCode' | 'placeCode' | 'language' | 'channel' | 'priority' | 'confidentiality' | 'associationId'
>;

/** What is promised for a question that the hub is writing down, by the same rules as its creation; nothing is written. */
@Injectable()
export class TicketPromiseQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly reference: ReferenceData,
  ) {}

  preview(actor: Actor, input: PromiseInput): Promise<TicketPromise> {
    const now = this.clock.now();
    const question: NewTicket = { ...input, subject: '-', body: '-' };
    return this.db.run(
      actor,
      async (tx) => {
        const { associationId, associationFr, associationAr, ...requester } = await resolveRequester(
          tx,
          question,
          actor.hubId,
        );
        const placeCode = input.placeCode ?? requester.placeCode;
        if (!placeCode) throw Refusal.field('/placeCode', 'required', 'Say where the question comes from.');
        const legalForm = requester.legalForm ?? (await legalFormOf(tx, associationId, this.reference));
        const association = { id: associationId, nameFr: associationFr, nameAr: associationAr };
        const draft = draftTicket(question, { actor, placeCode, legalForm, now, association }, this.reference);
        const { id, code, nameFr, nameAr } = this.reference.hub(draft.hub.hubId);
        const { queue } = draft;
        return {
          hub: { code, nameFr, nameAr },
          elsewhere: id !== actor.hubId,
          queue: { code: queue.code, nameFr: queue.nameFr, nameAr: queue.nameAr },
          routing: draft.reason,
          firstResponse: promised(draft, 'first_response'),
          resolution: promised(draft, 'resolution'),
        };
      },
      { now },
    );
  }
}
