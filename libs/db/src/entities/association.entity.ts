import { ASSOCIATION_SETTINGS, type AssociationSetting } from '@app/domain/person';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Proof of declaration; a provisional one becomes final by an answer, or by silence after sixty days. */
export interface Receipt {
  state: 'none' | 'provisional' | 'silence' | 'final' | 'refused';
  provisionalOn: string | null;
  finalOn: string | null;
  number: string | null;
  authorityType: string | null;
}

export interface Mandate {
  years?: number;
  lastAssemblyOn?: string;
  nextRenewalOn?: string;
}

@Entity()
export class Association {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'text' })
  folded: string;

  @Column({ type: 'text' })
  placeCode: string;

  @Column({ type: 'text', nullable: true })
  commune: string | null;

  @Column({ type: 'text', enum: ASSOCIATION_SETTINGS, nullable: true })
  setting: AssociationSetting | null;

  @Column({ type: 'text' })
  legalForm: string;

  @Column({ type: 'date', nullable: true })
  foundedOn: string | null;

  @Column({ type: 'text', array: true })
  domains: string[];

  @Column({ type: 'text', array: true })
  tags: string[];

  @Column({ type: 'jsonb' })
  receipts: Receipt[];

  @Column({ type: 'jsonb' })
  mandate: Mandate;

  @Column({ type: 'int', nullable: true })
  members: number | null;

  @Column({ type: 'int', nullable: true })
  employees: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  verifiedAt: Date | null;

  @Column({ type: 'uuid', nullable: true })
  verifiedBy: string | null;

  @Column({ type: 'boolean' })
  demonstration: boolean;

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
