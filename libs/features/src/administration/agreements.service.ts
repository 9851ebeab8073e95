import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import type { AgreementView } from './programme-view.dto';

export type NewAgreement = Omit<AgreementView, 'id'>;

const VIEW = `
  select id, from_hub_id as "fromHubId", to_hub_id as "toHubId", what, queue_codes as "queueCodes", lower(valid)::text as "from", upper(valid)::text as "to"
  from hub_agreement`;

/** What hubs do for each other: taking over what waits too long, giving opinions. An agreement ends; it is never deleted. */
@Injectable()
export class AgreementsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  list(actor: Actor): Promise<AgreementView[]> {
    return this.db.run(actor, (tx) => tx.sql<AgreementView>(`${VIEW} order by from_hub_id, lower(valid)`), {
      as: 'system',
    });
  }

  make(actor: Actor, input: NewAgreement): Promise<AgreementView> {
    this.check(input);
    return this.db.run(
      actor,
      async (tx) => {
        const agreement = { id: uuid(), ...input };
        const { id, fromHubId, toHubId, what, queueCodes, from, to } = agreement;
        await tx.sql(
          `insert into hub_agreement (id, from_hub_id, to_hub_id, what, queue_codes, valid) values ($1, $2, $3, $4, $5, daterange($6::date, $7::date))`,
          [id, fromHubId, toHubId, what, queueCodes, from, to],
        );
        tx.emit({ type: 'agreement.made', hubId: fromHubId, data: { agreementId: id, toHubId, what, from, to } });
        return agreement;
      },
      { as: 'system' },
    );
  }

  /** From that day, today at the earliest, it holds no more. */
  end(actor: Actor, id: string, on: string): Promise<AgreementView> {
    return this.db.run(
      actor,
      async (tx) => {
        const [agreement] = await tx.sql<AgreementView>(`${VIEW} where id = $1 for update`, [id]);
        if (!agreement) throw new Refusal('not_found', 'Not found.');
        if (on < localParts(tx.now).date || (agreement.from !== null && on <= agreement.from))
          throw Refusal.field('/on', 'in_the_past', 'It ends today or later, and after its first day.');
        await tx.sql('update hub_agreement set valid = daterange(lower(valid), $2::date) where id = $1', [id, on]);
        tx.emit({
          type: 'agreement.ended',
          hubId: agreement.fromHubId,
          data: { agreementId: id, toHubId: agreement.toHubId, from: agreement.to, to: on },
        });
        return { ...agreement, to: on };
      },
      { as: 'system' },
    );
  }

  private check({ fromHubId, toHubId, queueCodes, from, to }: NewAgreement): void {
    const { hubs, queues } = this.reference.current;
    for (const [field, id] of Object.entries({ fromHubId, toHubId })) {
      if (!hubs.has(id)) throw Refusal.field(`/${field}`, 'unknown', 'This hub is not known.');
    }
    if (fromHubId === toHubId) throw Refusal.field('/toHubId', 'unknown', 'Name another hub.');
    if (queueCodes.some((code) => !queues.some((queue) => queue.hubId === fromHubId && queue.code === code)))
      throw Refusal.field('/queueCodes', 'unknown', 'This queue is not known.');
    if (from !== null && to !== null && to <= from)
      throw Refusal.field('/to', 'invalid_date', 'It ends after its first day.');
  }
}
