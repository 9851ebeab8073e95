import { type Locale, LOCALES, ROLE_STATES, type RoleState } from '@app/domain/person';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Contact {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  nameAr: string | null;

  @Column({ type: 'text' })
  folded: string;

  @Column({ type: 'text', nullable: true })
  role: string | null;

  @Column({ type: 'text', enum: ROLE_STATES })
  roleState: RoleState;

  @Column({ type: 'text', enum: LOCALES, nullable: true })
  writtenLanguage: Locale | null;

  @Column({ type: 'text', nullable: true })
  spokenLanguage: string | null;

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
