import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class ContactPhone {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  contactId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'text' })
  e164: string;

  @Column({ type: 'boolean' })
  whatsapp: boolean;

  @Column({ type: 'timestamptz', nullable: true })
  verifiedAt: Date | null;
}
