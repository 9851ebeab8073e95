import { MACRO_KINDS, type MacroKind } from '@app/domain/hub';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export interface MacroAction {
  type: string;
  value: string | number;
}

@Entity()
export class Macro {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid', nullable: true })
  hubId: string | null;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text', enum: MACRO_KINDS })
  kind: MacroKind;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'text', nullable: true })
  subjectFr: string | null;

  @Column({ type: 'text', nullable: true })
  subjectAr: string | null;

  @Column({ type: 'text' })
  bodyFr: string;

  @Column({ type: 'text' })
  bodyAr: string;

  @Column({ type: 'text', array: true })
  variables: string[];

  @Column({ type: 'text', array: true })
  channels: string[];

  @Column({ type: 'jsonb' })
  actions: MacroAction[];

  @Column({ type: 'boolean' })
  needsValidation: boolean;

  @Column({ type: 'boolean' })
  disclaimer: boolean;

  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ type: 'int' })
  version: number;
}
