import { PRIORITIES, type Priority } from '@app/domain/sla-policy';
import {
  ADVICE_LEVELS,
  type AdviceLevel,
  CONFIDENTIALITIES,
  type Confidentiality,
  type Kind,
  KINDS,
} from '@app/domain/ticket';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Articles that found an answer; `ref` names a text of law. */
export interface LegalBasis {
  ref: string;
  articles: string | null;
  confidence: 'high' | 'medium' | 'low';
}

/** A legal delay, threshold or date: always shown with its article and its confidence. */
export interface LegalDeadline {
  kind: 'delay' | 'threshold' | 'fixed_date';
  nameFr: string;
  nameAr: string;
  value: number | string | null;
  unit: string;
  countsFromFr: string | null;
  countsFromAr: string | null;
  ref: string | null;
  articles: string | null;
  binds: string | null;
  confidence: string;
  noteFr: string | null;
  noteAr: string | null;
}

@Entity()
export class Category {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text', nullable: true })
  parentCode: string | null;

  @Column({ type: 'text', enum: KINDS })
  kind: Kind;

  @Column({ type: 'text', enum: ADVICE_LEVELS })
  adviceLevel: AdviceLevel;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'text' })
  nameEn: string;

  @Column({ type: 'boolean' })
  needsValidation: boolean;

  @Column({ type: 'text', enum: PRIORITIES })
  defaultPriority: Priority;

  @Column({ type: 'text', enum: CONFIDENTIALITIES })
  defaultConfidentiality: Confidentiality;

  @Column({ type: 'jsonb' })
  legalBasis: LegalBasis[];

  @Column({ type: 'jsonb' })
  deadlines: LegalDeadline[];

  @Column({ type: 'text', nullable: true })
  noteFr: string | null;

  @Column({ type: 'text', nullable: true })
  noteAr: string | null;

  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ type: 'int' })
  version: number;
}
