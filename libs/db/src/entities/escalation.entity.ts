import type { Level } from '@app/domain/ticket';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Escalation {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  ticketId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'text' })
  fromLevel: Level;

  @Column({ type: 'text' })
  toLevel: Level;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'uuid', nullable: true })
  byId: string | null;

  @Column({ type: 'timestamptz' })
  at: Date;
}
