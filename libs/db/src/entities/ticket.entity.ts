import { type Language, LANGUAGES } from '@app/domain/language';
import type { CaseDeadline } from '@app/domain/legal-deadline';
import { type Locale, LOCALES } from '@app/domain/person';
import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import {
  ADVICE_LEVELS,
  type AdviceLevel,
  type Channel,
  CHANNELS,
  CONFIDENTIALITIES,
  type Confidentiality,
  type Kind,
  KINDS,
  type Level,
  LEVELS,
  type Status,
  STATUSES,
} from '@app/domain/ticket';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Ticket {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  reference: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid' })
  originHubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  /** Names are copied so that a list joins nothing. */
  @Column({ type: 'text', nullable: true })
  associationFr: string | null;

  @Column({ type: 'text', nullable: true })
  associationAr: string | null;

  @Column({ type: 'uuid', nullable: true })
  requesterAccountId: string | null;

  @Column({ type: 'uuid', nullable: true })
  requesterContactId: string | null;

  @Column({ type: 'text', nullable: true })
  requesterName: string | null;

  @Column({ type: 'uuid', nullable: true })
  createdBy: string | null;

  @Column({ type: 'text' })
  placeCode: string;

  @Column({ type: 'text', enum: CHANNELS })
  channel: Channel;

  @Column({ type: 'text', enum: LANGUAGES })
  language: Language;

  @Column({ type: 'text', enum: LOCALES })
  answerLanguage: Locale;

  @Column({ type: 'text', enum: KINDS })
  kind: Kind;

  @Column({ type: 'text', enum: ADVICE_LEVELS })
  adviceLevel: AdviceLevel;

  @Column({ type: 'text' })
  categoryCode: string;

  @Column({ type: 'uuid' })
  queueId: string;

  @Column({ type: 'text', enum: PRIORITIES })
  priority: Priority;

  @Column({ type: 'text', enum: CONFIDENTIALITIES })
  confidentiality: Confidentiality;

  @Column({ type: 'boolean', insert: false, update: false })
  restricted: boolean;

  @Column({ type: 'boolean' })
  needsValidation: boolean;

  @Column({ type: 'text', enum: STATUSES })
  status: Status;

  @Column({ type: 'text', nullable: true })
  holdReason: string | null;

  @Column({ type: 'text', enum: LEVELS })
  level: Level;

  @Column({ type: 'uuid', nullable: true })
  assigneeId: string | null;

  @Column({ type: 'text', nullable: true })
  assigneeName: string | null;

  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'text', array: true })
  tags: string[];

  @Column({ type: 'timestamptz', nullable: true })
  nextDueAt: Date | null;

  /** Delays of the law that count from days of this case. */
  @Column({ type: 'jsonb', default: [] })
  legalDeadlines: CaseDeadline[];

  @Column({ type: 'timestamptz', nullable: true })
  nextLegalAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  legalStepAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  legalUrgencyAt: Date | null;

  /** Generated, and null when nothing is due: the place in the order of what is due. */
  @Column({ type: 'timestamptz', insert: false, update: false })
  urgencyAt: Date | null;

  @Column({ type: 'uuid', nullable: true })
  lastPublicMessageId: string | null;

  @Column({ type: 'bytea', nullable: true })
  followUpCodeHash: Buffer | null;

  @Column({ type: 'uuid', nullable: true })
  mergedInto: string | null;

  @Column({ type: 'uuid', nullable: true })
  followUpOf: string | null;

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'timestamptz' })
  openedAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  answeredAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;
}
