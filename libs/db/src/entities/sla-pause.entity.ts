import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class SlaPause {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  ticketId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'timestamptz' })
  fromAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  toAt: Date | null;

  @Column({ type: 'text' })
  reason: string;
}
