import { MEMBERSHIP_KINDS, type MembershipKind } from '@app/domain/access';
import { type Role, ROLES } from '@app/domain/ticket';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Membership {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'text', enum: MEMBERSHIP_KINDS })
  kind: MembershipKind;

  @Column({ type: 'text', enum: ROLES })
  role: Role;

  @Column({ type: 'uuid', nullable: true })
  hubId: string | null;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'boolean' })
  cleared: boolean;

  @Column({ type: 'daterange' })
  valid: string;
}
