import type { EventType } from '@app/domain/events';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Event {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  /** xid8, read as text: the ORM does not know the type. The database fills it in. */
  @Column({ type: 'bigint', insert: false, update: false })
  xid: string;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'text' })
  type: EventType;

  @Column({ type: 'uuid', nullable: true })
  hubId: string | null;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'uuid', nullable: true })
  ticketId: string | null;

  @Column({ type: 'uuid', nullable: true })
  actorId: string | null;

  @Column({ type: 'int', nullable: true })
  entityVersion: number | null;

  @Column({ type: 'jsonb' })
  data: Record<string, unknown>;
}
