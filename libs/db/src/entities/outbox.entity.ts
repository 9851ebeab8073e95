import type { Consumer } from '@app/domain/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Outbox {
  @PrimaryColumn({ type: 'bigint' })
  eventId: string;

  @PrimaryColumn({ type: 'text' })
  consumer: Consumer;

  @Column({ type: 'int' })
  attempts: number;

  @Column({ type: 'timestamptz' })
  nextTryAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lockedUntil: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  doneAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  deadAt: Date | null;

  @Column({ type: 'text', nullable: true })
  lastError: string | null;
}
