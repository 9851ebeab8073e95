import { OFFER_STATES, type OfferState } from '@app/domain/work/work-item';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Offer {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  itemId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'text', enum: OFFER_STATES })
  state: OfferState;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'timestamptz' })
  offeredAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
