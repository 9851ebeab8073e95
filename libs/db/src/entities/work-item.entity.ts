import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import type { Requirement } from '@app/domain/work/candidates';
import { WAIT_REASONS, type WaitReason } from '@app/domain/work/reasons';
import { ITEM_STATES, WORK_KINDS, type ItemState, type WorkKind } from '@app/domain/work/work-item';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class WorkItem {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid' })
  originHubId: string;

  @Column({ type: 'text', enum: WORK_KINDS })
  kind: WorkKind;

  @Column({ type: 'uuid' })
  subjectId: string;

  @Column({ type: 'uuid', nullable: true })
  ticketId: string | null;

  @Column({ type: 'uuid' })
  queueId: string;

  @Column({ type: 'text', enum: ITEM_STATES })
  state: ItemState;

  @Column({ type: 'uuid', nullable: true })
  accountId: string | null;

  @Column({ type: 'text', enum: PRIORITIES })
  priority: Priority;

  @Column({ type: 'text', nullable: true })
  language: string | null;

  @Column({ type: 'jsonb' })
  required: Requirement[];

  @Column({ type: 'int' })
  cost: number;

  @Column({ type: 'int' })
  offerSeconds: number;

  @Column({ type: 'int' })
  maxWaitSeconds: number;

  @Column({ type: 'int' })
  wrapUpSeconds: number;

  @Column({ type: 'uuid', array: true })
  excludedAccounts: string[];

  @Column({ type: 'uuid', array: true })
  excludedHubs: string[];

  @Column({ type: 'uuid', array: true })
  visitedHubs: string[];

  @Column({ type: 'int' })
  hops: number;

  @Column({ type: 'uuid', nullable: true })
  stickyAccountId: string | null;

  @Column({ type: 'timestamptz' })
  queuedAt: Date;

  @Column({ type: 'timestamptz' })
  stateAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  wrapUpUntil: Date | null;

  @Column({ type: 'uuid', nullable: true })
  interruptedBy: string | null;

  @Column({ type: 'text', nullable: true, enum: WAIT_REASONS })
  whyWaiting: WaitReason | null;

  @Column({ type: 'text', array: true })
  missingSkills: string[];

  @Column({ type: 'int' })
  version: number;
}
