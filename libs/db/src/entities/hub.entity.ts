import { HUB_STATUSES, type HubStatus } from '@app/domain/hub';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Hub {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'text', enum: HUB_STATUSES })
  status: HubStatus;

  @Column({ type: 'boolean' })
  isNational: boolean;

  @Column({ type: 'text', nullable: true })
  managingNameFr: string | null;

  @Column({ type: 'text', nullable: true })
  managingNameAr: string | null;

  @Column({ type: 'uuid', nullable: true })
  managingAssociationId: string | null;

  @Column({ type: 'text', nullable: true })
  seatCode: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  callbackPhone: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', array: true })
  languages: string[];

  @Column({ type: 'uuid' })
  calendarId: string;

  @Column({ type: 'jsonb' })
  branding: Record<string, unknown>;

  @Column({ type: 'int' })
  version: number;
}
