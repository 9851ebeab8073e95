import { GRANT_REASONS, GRANTEE_KINDS, type GranteeKind, type GrantReason } from '@app/domain/ticket';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class TicketGrant {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  ticketId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid' })
  granteeId: string;

  @Column({ type: 'text', enum: GRANTEE_KINDS })
  granteeKind: GranteeKind;

  @Column({ type: 'text', enum: GRANT_REASONS })
  reason: GrantReason;

  @Column({ type: 'boolean' })
  canWrite: boolean;

  @Column({ type: 'uuid', nullable: true })
  grantedBy: string | null;

  @Column({ type: 'timestamptz' })
  grantedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;
}
