import type { CalendarDefinition } from '@app/domain/calendar';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class CalendarVersion {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  calendarId: string;

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'jsonb' })
  definition: CalendarDefinition;

  @Column({ type: 'timestamptz' })
  publishedAt: Date;

  @Column({ type: 'uuid', nullable: true })
  publishedBy: string | null;
}
