import { type Metric, METRICS, TIME_KINDS, type TimeKind } from '@app/domain/sla-policy';
import { CLOCK_STATES, type ClockState } from '@app/domain/ticket';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class SlaClock {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  ticketId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'text', enum: METRICS })
  metric: Metric;

  @Column({ type: 'int' })
  cycle: number;

  @Column({ type: 'uuid', nullable: true })
  holderId: string | null;

  @Column({ type: 'uuid' })
  policyVersionId: string;

  @Column({ type: 'uuid' })
  calendarVersionId: string;

  @Column({ type: 'text', enum: TIME_KINDS })
  time: TimeKind;

  @Column({ type: 'int' })
  targetMinutes: number;

  @Column({ type: 'timestamptz' })
  startedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  @Column({ type: 'text', enum: CLOCK_STATES })
  state: ClockState;

  @Column({ type: 'timestamptz', nullable: true })
  metAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  warnedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  breachedAt: Date | null;
}
